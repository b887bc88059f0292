/** The package brings no types; these are the parts that we call, as its README tells them. */
declare module "@cornerstonejs/codec-openjpeg/decodewasmjs" {
  type FrameInfo = {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned: boolean;
  };
  class J2KDecoder {
    /** A view into the library's memory to write the codestream to. */
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    getFrameInfo(): FrameInfo;
    /** A view into the library's memory: bytes, two per sample above 8 bits, in native order. */
    getDecodedBuffer(): Uint8Array;
    delete(): void;
  }
  export default function openJpeg(options: {
    /** The library itself; it would look for a file beside its script. */
    wasmBinary: Uint8Array;
    print?: (line: string) => void;
    printErr?: (line: string) => void;
  }): Promise<{ J2KDecoder: typeof J2KDecoder }>;
}
