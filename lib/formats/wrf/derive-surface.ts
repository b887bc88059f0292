/** Fields of one window that the derivations start from; layouts as in `WrfFrame`, SI units. */
export type SurfaceInputs = {
  readonly nX: number;
  readonly nY: number;
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly u10: Float64Array;
  readonly v10: Float64Array;
  readonly landMask: Uint8Array;
  readonly heightMass: Float64Array;
  readonly virtualTheta: Float64Array;
};

const vonKarman = 0.4;
/** Roughness lengths, m. */
const [roughnessLandM, roughnessSeaM] = [0.1, 2e-4];

/** Friction velocity, m s-1, [nY, nX], by the neutral log law from the wind at 10 m. */
export function frictionVelocity({ u10, v10, landMask }: SurfaceInputs): Float64Array {
  return u10.map((u, at) => {
    const roughness = landMask[at] === 1 ? roughnessLandM : roughnessSeaM;
    return (vonKarman * Math.hypot(u, v10[at] ?? 0)) / Math.log(10 / roughness);
  });
}

/** Bulk Richardson number at the top of the boundary layer. */
const criticalRichardson = 0.25;
const gravity = 9.81;

/**
 * Height of the boundary layer above ground, m, [nY, nX]: where the bulk Richardson number, counted from the lowest
 * mass level and with the friction term 100 u*2 for weak shear, first exceeds 0.25; linear between levels.
 * Source: Vogelezang and Holtslag (1996), Boundary-Layer Meteorology 81, equation 3, as used by FLEXPART.
 */
export function boundaryLayerHeight(inputs: SurfaceInputs, frictionVelocity: Float64Array): Float64Array {
  return frictionVelocity.map((ust, cell) => columnTop(inputs, cell, ust));
}

function columnTop(inputs: SurfaceInputs, cell: number, ust: number): number {
  const cells = inputs.nX * inputs.nY;
  const nZ = inputs.heightMass.length / cells;
  const ground = level(inputs, cell, 0);
  let [below, heightBelow] = [0, ground.height];
  for (let k = 1; k < nZ; k += 1) {
    const here = level(inputs, cell, k);
    const shear = (here.u - ground.u) ** 2 + (here.v - ground.v) ** 2 + 100 * ust ** 2;
    const lift = (gravity / ground.theta) * (here.theta - ground.theta) * (here.height - ground.height);
    const richardson = lift / Math.max(shear, 1e-6);
    if (richardson > criticalRichardson) {
      const part = (criticalRichardson - below) / (richardson - below);
      return heightBelow + part * (here.height - heightBelow);
    }
    [below, heightBelow] = [richardson, here.height];
  }
  return heightBelow;
}

/** One mass level of a column; winds are the mean of the two faces. */
function level({ nX, nY, u, v, heightMass, virtualTheta }: SurfaceInputs, cell: number, k: number) {
  const [i, j] = [cell % nX, Math.floor(cell / nX)];
  const west = (k * nY + j) * (nX + 1) + i;
  const south = (k * (nY + 1) + j) * nX + i;
  const at = k * nX * nY + cell;
  return {
    u: ((u[west] ?? 0) + (u[west + 1] ?? 0)) / 2,
    v: ((v[south] ?? 0) + (v[south + nX] ?? 0)) / 2,
    height: heightMass[at] ?? 0,
    theta: virtualTheta[at] ?? 0,
  };
}
