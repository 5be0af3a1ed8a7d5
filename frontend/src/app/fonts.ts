import localFont from "next/font/local";

/** For titles and for what is read. The other letters are drawn by the next family in the list (globals.css). */
export const newsreader = localFont({
  src: "../../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2",
  weight: "300 800",
  variable: "--font-newsreader",
  display: "swap",
  preload: true,
  adjustFontFallback: "Times New Roman",
});

/** A family of its own, so that it is fetched only where something is in italics. */
export const newsreaderItalic = localFont({
  src: "../../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-wght-italic.woff2",
  weight: "300 800",
  style: "italic",
  variable: "--font-newsreader-italic",
  display: "swap",
  preload: false,
});

/** For controls and labels. */
export const instrument = localFont({
  src: "../../node_modules/@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2",
  weight: "400 700",
  variable: "--font-instrument",
  display: "swap",
  preload: true,
  adjustFontFallback: "Arial",
});
