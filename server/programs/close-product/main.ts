import { closeProduct } from "@/server/programs/close-product/close-product";
import { closeProductJob } from "@/server/programs/close-product/job";
import { runProgram } from "@/server/programs/run-program";

await runProgram(closeProductJob, closeProduct);
