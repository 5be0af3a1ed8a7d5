import { account } from "./account.mjs";
import { engine } from "./engine.mjs";
import { firstPiece } from "./first-piece.mjs";
import { fitToX } from "./fit-to-x.mjs";
import { fourFormats } from "./four-formats.mjs";
import { hostile } from "./hostile.mjs";
import { library } from "./library.mjs";
import { limit } from "./limit.mjs";
import { noWordLost } from "./no-word-lost.mjs";
import { presets } from "./presets.mjs";
import { redo } from "./redo.mjs";
import { shell } from "./shell.mjs";
import { sweep } from "./sweep.mjs";

export const TASKS = [
  ...shell,
  ...firstPiece,
  ...fourFormats,
  ...redo,
  ...fitToX,
  ...noWordLost,
  ...library,
  ...limit,
  ...hostile,
  ...engine,
  ...presets,
  ...account,
  ...sweep,
];
