import { expect, test } from "vitest";
import type { AttributeValue, NumericArray, Variable } from "@/lib/formats/dataset";
import { unpack } from "@/lib/formats/packing";

test("packed integers become physical values, also with a negative scale", () => {
  const variable = aVariable("int16", { scale_factor: Float64Array.of(-0.5), add_offset: Float64Array.of(10) });
  expect(unpack(variable, Int16Array.of(0, 4, -2))).toEqual(Float64Array.of(10, 8, 11));
});

test("a scalar with only an offset is unpacked too", () => {
  expect(unpack(aVariable("int16", { add_offset: Int32Array.of(273) }), Int16Array.of(7))).toEqual(
    Float64Array.of(280),
  );
});

test("values equal to _FillValue or missing_value as stored are missing", () => {
  const variable = aVariable("int16", { _FillValue: Int16Array.of(-999), missing_value: Int16Array.of(-1, -2) });
  expect(unpack(variable, Int16Array.of(-999, -1, -2, 5))).toEqual(
    Float64Array.of(Number.NaN, Number.NaN, Number.NaN, 5),
  );
});

test("unsigned numbers in signed ones are missing where their fill is, however it is signed", () => {
  const fill = { _Unsigned: "true", _FillValue: Int8Array.of(-1) };
  expect(unpack(aVariable("int8", fill), Int8Array.of(-1, -2, 3))).toEqual(Float64Array.of(Number.NaN, 254, 3));
  const capital = { _Unsigned: "True", missing_value: Int16Array.of(-5) };
  expect(unpack(aVariable("int16", capital), Int16Array.of(-5, -1, 7))).toEqual(Float64Array.of(Number.NaN, 65_535, 7));
});

test("a fill value that its short integers cannot hold is never matched by a cast", () => {
  const variable = aVariable("int16", {
    scale_factor: Float64Array.of(2.4e-5),
    add_offset: Float64Array.of(0.341),
    _FillValue: Float32Array.of(1e37),
  });
  expect(unpack(variable, Int16Array.of(0, -1))[0]).toBe(0.341);
});

test("a fill value in physical units is compared after unpacking", () => {
  const variable = aVariable("int16", { scale_factor: Float64Array.of(0.5), missing_value: Float64Array.of(-99.5) });
  expect(unpack(variable, Int16Array.of(-199, 2))).toEqual(Float64Array.of(Number.NaN, 1));
});

test("a double fill value matches the float32 that it was rounded to", () => {
  const variable = aVariable("float32", { _FillValue: Float64Array.of(1e20) });
  expect(unpack(variable, Float32Array.of(1e20, 1))).toEqual(Float64Array.of(Number.NaN, 1));
});

test("the default fill counts only where the file names none", () => {
  expect(unpack(aVariable("int16", {}), Int16Array.of(-32767))).toEqual(Float64Array.of(Number.NaN));
  const named = aVariable("int16", { _FillValue: Int16Array.of(0) });
  expect(unpack(named, Int16Array.of(-32767))).toEqual(Float64Array.of(-32767));
  expect(unpack(aVariable("int8", {}), Int8Array.of(-127))).toEqual(Float64Array.of(-127));
});

test("bytes marked unsigned are read as such", () => {
  expect(unpack(aVariable("int8", { _Unsigned: "true" }), Int8Array.of(-1))).toEqual(Float64Array.of(255));
});

function aVariable(dtype: Variable["dtype"], attributes: Record<string, AttributeValue | NumericArray>): Variable {
  return { name: "v", dimensions: ["x"], shape: [3], dtype, attributes };
}
