import { darkDieOffPerDay } from "@/lib/transport/die-off";
import type { SeaDecay } from "@/lib/transport/sea-part";
import { langleyPerHourWm2, sunlightWm2 } from "@/lib/transport/sunlight";
import type { Frames } from "@/server/programs/bacteria/frames";
import type { BacteriaJob } from "@/server/programs/bacteria/job";

const secondsPerDay = 86_400;
/** What is taken where the files hold no temperature or salt; the product is labelled. */
const assumed = { temperatureC: 18, percentSeaWater: 100 } as const;
/** Light of the files is used where they follow the day. */
const mostHoursApart = 3;

/** Die-off through a run: Mancini (1978) with the sea's own temperature and salt, and the light of files or sun. */
export class DieOff {
  private readonly startMs: number;
  private readonly place: { readonly lon: number; readonly lat: number };

  constructor(
    private readonly params: BacteriaJob["params"],
    private readonly frames: Frames,
  ) {
    this.startMs = Date.parse(params.start);
    const mean = (of: (outfall: { lon: number; lat: number }) => number) =>
      params.outfalls.reduce((sum, outfall) => sum + of(outfall), 0) / params.outfalls.length;
    this.place = { lon: mean(({ lon }) => lon), lat: mean(({ lat }) => lat) };
  }

  /** At a time of the present pair. */
  at(seconds: number): SeaDecay {
    const around = this.frames.around(seconds);
    const between = (of: "temperatureC" | "percentSeaWater" | "lightWm2"): number | null => {
      const [before, after] = [around?.before[of] ?? null, around?.after[of] ?? null];
      if (around === null || before === null || after === null) return null;
      return before + around.share * (after - before);
    };
    const dark = darkDieOffPerDay({
      temperatureC: between("temperatureC") ?? assumed.temperatureC,
      percentSeaWater: between("percentSeaWater") ?? assumed.percentSeaWater,
    });
    const followsDay = around !== null && around.hoursApart <= mostHoursApart;
    const ofFiles = followsDay ? between("lightWm2") : null;
    const light = ofFiles ?? sunlightWm2(this.place, new Date(this.startMs + seconds * 1000), this.params.cloudShare);
    return {
      darkPerSecond: dark / secondsPerDay,
      lightPerSecond: Math.max(0, light) / langleyPerHourWm2 / secondsPerDay,
    };
  }
}
