import openJpeg from "@cornerstonejs/codec-openjpeg/decode";
import { BitsExhausted } from "@/lib/formats/bits";

type Decoded = {
  readonly samples: Uint8Array | Uint16Array | Int8Array | Int16Array;
  readonly bitsPerSample: number;
  readonly componentCount: number;
};

/**
 * The OpenJPEG library, started on first use (its pure JavaScript build, which needs no file beside the program).
 * @returns a decoder of one codestream; it throws BitsExhausted for one that cannot be decoded
 */
export async function loadOpenJpeg(): Promise<(codestream: Uint8Array) => Decoded> {
  library ??= openJpeg({ print: () => undefined, printErr: () => undefined });
  const { J2KDecoder } = await library;
  return (codestream) => {
    const decoder = new J2KDecoder();
    try {
      decoder.getEncodedBuffer(codestream.length).set(codestream);
      decoder.decode();
      const { bitsPerSample, componentCount, isSigned, width, height } = decoder.getFrameInfo();
      const bytes = Uint8Array.from(decoder.getDecodedBuffer());
      const size = width * height * componentCount * (bitsPerSample > 8 ? 2 : 1);
      if (bytes.length < size) throw new BitsExhausted();
      return {
        samples: samplesOf(bytes.slice(0, size).buffer, bitsPerSample, isSigned),
        bitsPerSample,
        componentCount,
      };
    } catch {
      // The library throws numbers and bare errors; all of them mean that the codestream is broken.
      throw new BitsExhausted();
    } finally {
      decoder.delete();
    }
  };
}

let library: ReturnType<typeof openJpeg> | undefined;

function samplesOf(buffer: ArrayBuffer, bitsPerSample: number, isSigned: boolean): Decoded["samples"] {
  if (bitsPerSample <= 8) return isSigned ? new Int8Array(buffer) : new Uint8Array(buffer);
  return isSigned ? new Int16Array(buffer) : new Uint16Array(buffer);
}
