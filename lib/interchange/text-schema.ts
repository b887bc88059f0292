import { z } from "zod";

const textLimit = 100_000;
/** A text of a definition. */
export const textSchema = z.string().max(textLimit, `the text is longer than ${textLimit} characters.`);
