import type { Answer } from "@/test/science/answer";
import { bacteriaKinds } from "@/test/science/kinds/bacteria";
import { columnKinds } from "@/test/science/kinds/columns";
import { flowKinds } from "@/test/science/kinds/flows";
import { gridKinds } from "@/test/science/kinds/grids";
import { plumeKinds } from "@/test/science/kinds/plumes";
import { scenarioKinds } from "@/test/science/kinds/scenarios";
import { scoreKinds } from "@/test/science/kinds/scores";
import { seaFileKinds } from "@/test/science/kinds/sea-files";
import { wacommKinds } from "@/test/science/kinds/wacomm";
import { walkKinds } from "@/test/science/kinds/walks";
import { weatherFileKinds } from "@/test/science/kinds/weather-files";

/** How each kind of case is answered: words of the case mapped onto functions of lib, nothing else. */
export const kinds: Readonly<Record<string, Answer>> = {
  ...flowKinds,
  ...walkKinds,
  ...columnKinds,
  ...plumeKinds,
  ...bacteriaKinds,
  ...gridKinds,
  ...weatherFileKinds,
  ...seaFileKinds,
  ...scenarioKinds,
  ...wacommKinds,
  ...scoreKinds,
};
