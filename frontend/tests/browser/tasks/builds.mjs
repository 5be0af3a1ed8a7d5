export const BOTH = ["static", "server"];
