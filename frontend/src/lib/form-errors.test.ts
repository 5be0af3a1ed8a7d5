import { describe, expect, it } from "vitest";
import { ApiError } from "./api/error";
import { formErrors } from "./form-errors";

const refusal = (...pointers: string[]) =>
  new ApiError(
    422,
    "VALIDATION_ERROR",
    "Something is wrong.",
    "r1",
    pointers.map((pointer) => ({ pointer, code: "x", message: `wrong: ${pointer}` })),
  );

describe("a refusal", () => {
  it("is shown at its fields, and nowhere else", () => {
    const errors = formErrors(refusal("/email", "/password"), ["/email", "/password", "/name"]);
    expect(errors.at("/email")).toBe("wrong: /email");
    expect(errors.at("/name")).toBeUndefined();
    expect(errors.other).toBeNull();
  });
  it("of a part belongs to the field", () => {
    expect(formErrors(refusal("/scopes/1"), ["/scopes"]).at("/scopes")).toBe("wrong: /scopes/1");
    expect(formErrors(refusal("/scopes_of"), ["/scopes"]).at("/scopes")).toBeUndefined();
  });
  it("of a field that is not there is not lost", () => {
    expect(formErrors(refusal("/email", "/surprise"), ["/email"]).other?.detail).toBe("Something is wrong.");
  });
  it("without fields is shown as a whole", () => {
    expect(formErrors(new ApiError(409, "CONFLICT", "Taken."), ["/email"]).other?.detail).toBe("Taken.");
  });
  it("is nothing as long as there is none", () => {
    expect(formErrors(null, ["/email"]).other).toBeNull();
  });
});
