import type { UploadedField } from "@/app/_map/field-textures";
import type { ClassTable } from "@/lib/map/palette";

/** What is drawn: one step, or two with the part of the way from the first to the second. */
export type FieldFrame = {
  /** `product/run/variable/step`; also what the map says is on the screen. */
  readonly field: UploadedField;
  readonly next: UploadedField | null;
  readonly mix: number;
};
export type FieldLook = {
  readonly classes: ClassTable;
  readonly transparentBelow: boolean;
  readonly hatchTop: boolean;
  readonly showCells: boolean;
  /** Lines at the bounds of the classes. */
  readonly isolines: boolean;
  /** In stored integers: below it nothing is drawn and a line marks it; null = everything is drawn. */
  readonly threshold: number | null;
  /** 0..1. */
  readonly opacity: number;
  /** Lines and hatching are light on a dark field and dark on a light one. */
  readonly lines: readonly [number, number, number];
};
