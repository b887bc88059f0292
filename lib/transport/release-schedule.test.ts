import { expect, test } from "vitest";
import { relativeRate, releaseTimesSeconds, timeProfiles } from "@/lib/transport/release-schedule";

test.each(timeProfiles)("a %s profile releases particles in proportion to its rate", (profile) => {
  const times = releaseTimesSeconds(10_000, 3600, profile);
  for (const until of [0.25, 0.5, 0.9]) {
    const released = times.filter((time) => time <= until * 3600).length / times.length;
    let emitted = 0;
    for (let i = 0; i < 1000; i += 1) emitted += (relativeRate(((i + 0.5) / 1000) * until, profile) * until) / 1000;
    expect(released).toBeCloseTo(emitted, 3);
  }
  expect(times.every((time, i) => time > 0 && time < 3600 && (i === 0 || time > (times[i - 1] ?? 0)))).toBe(true);
});
