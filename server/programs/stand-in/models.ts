import {
  calmet,
  calpost,
  calpufff,
  calwrff,
  ctgproc,
  dst,
  lnd2,
  makegeo,
  terrel,
  wrf2calwrf,
} from "@/server/programs/stand-in/calpuff";
import type { ModelName } from "@/server/programs/stand-in/model-names";
import { roms, wacommpp } from "@/server/programs/stand-in/sea";
import type { StandIn } from "@/server/programs/stand-in/stand-in";
import {
  downloadcopernicusdata,
  geogrid,
  gfsdownloader,
  makeinputnamelist,
  makewpsnamelist,
  metgrid,
  myocean2roms,
  real,
  ungrib,
  wrf2roms,
} from "@/server/programs/stand-in/weather-input";
import { wrf } from "@/server/programs/stand-in/wrf";
import { www } from "@/server/programs/stand-in/www";

/** What stands for each model. */
export const standIns: Readonly<Record<ModelName, StandIn>> = {
  ...{ makewpsnamelist, gfsdownloader, downloadcopernicusdata, geogrid, ungrib, metgrid, makeinputnamelist, real },
  ...{ myocean2roms, wrf, wrf2roms, roms, wacommpp },
  ...{ dst, lnd2, terrel, ctgproc, makegeo, wrf2calwrf, calwrff, calmet, calpufff, calpost, www },
};
