// Packs what a site's texts are made of by Brotli, beside the files: the service hands out `x.js.br` for `x.js` to who takes it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const TEXTS = /\.(js|css|html|svg|txt)$/;
const SMALL = 1024; // below that a packed file is hardly smaller
const pack = promisify(brotliCompress);

/** Writes them, and tells how many there are, of how many bytes before and after. */
export async function compress(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && TEXTS.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const packed = await Promise.all(files.map(compressFile));
  return packed
    .filter((each) => each !== null)
    .reduce(
      (all, each) => ({ files: all.files + 1, before: all.before + each.before, after: all.after + each.after }),
      { files: 0, before: 0, after: 0 },
    );
}

async function compressFile(file) {
  const bytes = readFileSync(file);
  if (bytes.length <= SMALL) {
    return null;
  }
  const brotli = await brotli11(bytes);
  if (brotli.length >= bytes.length) {
    return null;
  }
  writeFileSync(`${file}.br`, brotli);
  return { before: bytes.length, after: brotli.length };
}

export function brotli11(bytes) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return pack(bytes, { params });
}
