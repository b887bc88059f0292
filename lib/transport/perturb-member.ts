import type { WindChange } from "@/lib/transport/air-motion";
import type { EnsembleMember } from "@/lib/transport/ensemble-member";
import type { Fire } from "@/lib/transport/fire-release";
import { highestLayerTopM, lowestLayerTopM, type MetField, surfaceFields } from "@/lib/transport/met-field";
import type { MetPair } from "@/lib/transport/met-pair";
import { cubeRoot } from "@/lib/transport/portable-math";

/** The fire as a member has it; `earliestSeconds` is the first time that the weather covers, s after the run's start. */
export function fireOfMember(fire: Fire, member: EnsembleMember, earliestSeconds: number): Fire {
  const { eastM, northM } = member;
  const { ground } = fire;
  const moved = (points: readonly (readonly [number, number])[]) =>
    points.map(([x, y]) => [x + eastM, y + northM] as const);
  return {
    ...fire,
    x: fire.x + eastM,
    y: fire.y + northM,
    ground:
      ground.kind === "disc"
        ? { ...ground, x: ground.x + eastM, y: ground.y + northM }
        : ground.kind === "front"
          ? { ...ground, from: moved(ground.from), to: moved(ground.to) }
          : { ...ground, points: moved(ground.points) },
    emittedKg: fire.emittedKg * member.emissionFactor,
    startSeconds: Math.max(member.startShiftSeconds, earliestSeconds),
    riseM: member.riseM,
  };
}

/** A pair of frames as a member has them; the winds are shared, so this costs little. */
export function pairOfMember(pair: MetPair, member: EnsembleMember): MetPair {
  const before = fieldOfMember(pair.before, member);
  const after = fieldOfMember(pair.after, member);
  const [east, north] = [after.x0 - pair.after.x0, after.y0 - pair.after.y0];
  return {
    ...pair,
    before,
    after,
    xMin: pair.xMin + east,
    xMax: pair.xMax + east,
    yMin: pair.yMin + north,
    yMax: pair.yMax + north,
  };
}

/**
 * The weather as a member has it: moved as a whole, with a higher or lower boundary layer. The winds are shared with the
 * field given; their turn and speed are changed where a particle meets them (`windOfMember`).
 */
function fieldOfMember(field: MetField, member: EnsembleMember): MetField {
  const surface = Float32Array.from(field.surface);
  for (let at = 0; at < surface.length; at += surfaceFields.count) {
    const top = surface[at + surfaceFields.layerTop] ?? 0;
    const changed = Math.min(Math.max(top * member.layerTopFactor, lowestLayerTopM), highestLayerTopM);
    surface[at + surfaceFields.layerTop] = changed;
    // The convective velocity grows with the cube root of the layer's depth.
    const convective = surface[at + surfaceFields.convective] ?? 0;
    if (convective > 0) surface[at + surfaceFields.convective] = convective * cubeRoot(changed / top);
  }
  const x0 = field.x0 + member.windEastCells * field.dX;
  const y0 = field.y0 + member.windNorthCells * field.dY;
  return { ...field, x0, y0, surface };
}

/** Turn and speed of a member's wind as the two numbers that a particle's wind is multiplied with. */
export function windOfMember({ windSpeedFactor, windTurnRadians }: EnsembleMember): WindChange {
  const square = windTurnRadians * windTurnRadians;
  // The sine's series to 1e-12 for turns of up to 10 degrees, in operations that are the same everywhere.
  const sine = windTurnRadians * (1 - (square / 6) * (1 - (square / 20) * (1 - (square / 42) * (1 - square / 72))));
  return { along: windSpeedFactor * Math.sqrt(1 - sine * sine), across: windSpeedFactor * sine };
}
