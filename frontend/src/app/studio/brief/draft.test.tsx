import { render, screen } from "@testing-library/react";
import { renderToString } from "react-dom/server";
import { beforeEach, describe, expect, it } from "vitest";
import { sample } from "./brief";
import { keepDraft, useDraft } from "./draft";

const mine = { ...sample(1), topic: "Mine" };
let seen: string[];

function Form() {
  const [{ topic }] = useDraft();
  seen.push(topic);
  return <p>{topic}</p>;
}

beforeEach(() => {
  seen = [];
  keepDraft(mine);
});

describe("the kept draft", () => {
  it("is there from the first picture on for who comes back within the page", () => {
    render(<Form />);
    expect(seen[0]).toBe("Mine");
    expect(new Set(seen).size).toBe(1);
  });

  it("comes after the page that was made beforehand, which knows of none", () => {
    const container = document.createElement("div");
    container.innerHTML = renderToString(<Form />);
    expect(seen).toEqual([sample(0).topic]);
    document.body.append(container);
    render(<Form />, { container, hydrate: true });
    expect(seen[1]).toBe(sample(0).topic); // as it was made, so that nothing has to be made anew
    expect(screen.getByText("Mine")).toBeTruthy();
  });
});
