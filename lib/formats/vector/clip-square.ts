import { type BandVertices, cornerOffsets, type Level, middleValue } from "@/lib/formats/vector/band-vertices";
import type { Band, NodeField } from "@/lib/formats/vector/node-field";

/** A corner of what is clipped: its vertex and value, and the crossing of a level on the way to the next corner. */
type Corner = { readonly vertex: number; readonly value: number; readonly crossing: (level: Level) => number };

/**
 * The parts of one square of four nodes whose values lie in a band, each as its vertices against the clock. Values are linear
 * along the edges. Where two opposite corners are higher than the other two (a saddle), the mean of the corners decides: the
 * square is cut into four triangles around its middle.
 * @param node  south-western node; all four corners have values
 */
export function clipSquare(
  field: NodeField,
  node: number,
  { band, vertices }: { readonly band: Band; readonly vertices: BandVertices },
): readonly (readonly number[])[] {
  const { nX } = field;
  const nodes = cornerOffsets.map(([dx, dy]) => node + dx + dy * nX);
  const values = nodes.map((each) => field.values[each] ?? Number.NaN);
  const edges = [
    (level: Level) => vertices.crossing("east", node, level),
    (level: Level) => vertices.crossing("north", node + 1, level),
    (level: Level) => vertices.crossing("east", node + nX, level),
    (level: Level) => vertices.crossing("north", node, level),
  ];
  const corners = nodes.map((each, corner): Corner => {
    const crossing = edges[corner] ?? (() => Number.NaN);
    return { vertex: vertices.node(each), value: values[corner] ?? Number.NaN, crossing };
  });
  if (!isSaddle(values)) return partsOf([corners], band);
  const middle = { vertex: vertices.middle(node), value: middleValue(field, node) };
  const triangles = corners.map((corner, at) => {
    const next = (at + 1) % 4;
    const spoke = (from: number) => (level: Level) => vertices.spoke(node, from, level);
    const following = { ...(corners[next] ?? corner), crossing: spoke(next) };
    return [corner, following, { ...middle, crossing: spoke(at) }];
  });
  return partsOf(triangles, band);
}

/** Whatever the level, so that bands which meet in the square cut it alike. */
function isSaddle([a = 0, b = 0, c = 0, d = 0]: readonly number[]): boolean {
  return Math.min(a, c) > Math.max(b, d) || Math.min(b, d) > Math.max(a, c);
}

function partsOf(polygons: readonly (readonly Corner[])[], band: Band): readonly (readonly number[])[] {
  return polygons.map((corners) => clip(corners, band)).filter((part) => part.length > 0);
}

function clip(corners: readonly Corner[], { from, below }: Band): readonly number[] {
  const part: number[] = [];
  const push = (vertex: number) => {
    if (part.at(-1) !== vertex) part.push(vertex);
  };
  corners.forEach((corner, at) => {
    const next = corners[(at + 1) % corners.length] ?? corner;
    const { value } = corner;
    const meetFrom = () => push(meetingPoint([corner, next], from, 0));
    const meetBelow = () => push(meetingPoint([corner, next], below, 1));
    const crossesFrom = value >= from !== next.value >= from;
    const crossesBelow = value >= below !== next.value >= below;
    if (value >= from && value < below) push(corner.vertex);
    if (value > next.value && crossesBelow) meetBelow();
    if (crossesFrom) meetFrom();
    if (value < next.value && crossesBelow) meetBelow();
  });
  if (part.length > 1 && part[0] === part.at(-1)) part.pop();
  return part.length < 3 ? [] : part;
}

/** A level that is the value of a corner is met there, so that all squares around it know the point as the same. */
function meetingPoint([corner, next]: readonly [Corner, Corner], value: number, level: Level): number {
  if (corner.value === value) return corner.vertex;
  return next.value === value ? next.vertex : corner.crossing(level);
}
