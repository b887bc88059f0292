import { rm } from "node:fs/promises";
import { join } from "node:path";
import { isNereusError } from "@/lib/errors";
import { download } from "@/server/formats/download";
import { isKnownHead, openSource } from "@/server/formats/open-dataset";
import { type OpenedFile, openFile } from "@/server/formats/open-file";
import { isHdf5 } from "@/server/formats/open-netcdf";
import { openHttpSource } from "@/server/storage/http-byte-source";

/**
 * Opens a file at an http(s) address: by byte ranges where its format and its server allow it, so that a look into a
 * large file costs little; else through a copy, which is removed when the data set is closed.
 * @param scratchPath folder for the copy
 * @throws what `openFile` throws; file-unreadable for a server that refuses
 */
export async function openAddress(url: string, scratchPath: string): Promise<OpenedFile> {
  return (await openByRanges(url)) ?? openCopy(url, scratchPath);
}

async function openByRanges(url: string): Promise<OpenedFile | null> {
  const source = await openHttpSource(url).catch((error: unknown) => {
    // Without ranges, or with a size that is not told: the whole is fetched.
    if (isNereusError(error, "unsupported-feature") || isNereusError(error, "file-unreadable")) return null;
    throw error;
  });
  if (source === null) return null;
  const head = await source.read(0, Math.min(128, source.sizeBytes));
  if (!isKnownHead(head) || (await isHdf5(source))) return null;
  return { sizeBytes: source.sizeBytes, dataset: await openSource(source) };
}

async function openCopy(url: string, scratchPath: string): Promise<OpenedFile> {
  const path = join(scratchPath, ".address.part");
  await download(url, path, { sizeBytes: null, sha256: null });
  const remove = () => rm(path, { force: true });
  try {
    const opened = await openFile({ path, name: url });
    if ("text" in opened) {
      await remove();
      return opened;
    }
    const { dataset, sizeBytes } = opened;
    const close = async () => {
      await dataset.close();
      await remove();
    };
    return { sizeBytes, dataset: { ...dataset, close } };
  } catch (error) {
    await remove();
    throw error;
  }
}
