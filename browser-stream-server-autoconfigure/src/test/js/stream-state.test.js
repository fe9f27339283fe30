// Copyright 2026 the browser-stream-server authors. MIT licence, see LICENSE.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { expectsData, maySend, nextState } from "../../main/js/stream-state.js";

/** The table of docs/protocol.md: { "OPENING sent DATA": "OPENING", ... }. What is missing is forbidden. */
function specified() {
  const page = readFileSync(new URL("../../../../docs/protocol.md", import.meta.url), "utf8");
  const table = page.slice(page.indexOf("| state | DATA |"));
  const rows = table.slice(0, table.indexOf("\n\n")).split("\n").slice(2);
  const transitions = {};
  for (const row of rows) {
    const [state, ...cells] = row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    const from = state.split(" ")[0];
    cells.forEach((cell, column) => {
      const frame = ["DATA", "CREDIT", "ACCEPT", "END"][column];
      for (const [, arrows, target] of cell.matchAll(/([<>](?: [<>])?)(?: ([A-Z_]+|ignored))?/g)) {
        for (const arrow of arrows.split(" ")) {
          transitions[`${from} ${arrow === ">" ? "sent" : "received"} ${frame}`] = target && target !== "ignored" ? target : from;
        }
      }
    });
  }
  return transitions;
}

const STATES = ["OPENING", "OPENING_ENDED", "OFFERED", "OFFERED_ENDED", "OPEN", "HALF_CLOSED_LOCAL", "HALF_CLOSED_REMOTE", "CLOSED"];

describe("stream state", () => {
  const table = specified();

  it("finds the whole table in the protocol", () => assert.equal(Object.keys(table).length, 34));

  for (const state of STATES) {
    for (const direction of ["sent", "received"]) {
      for (const frame of ["DATA", "CREDIT", "ACCEPT", "END"]) {
        const next = table[`${state} ${direction} ${frame}`];
        it(`${state}: ${frame} ${direction} ${next ? `leads to ${next}` : "is an error"}`, () => {
          if (next) assert.equal(nextState(state, frame, direction), next);
          else {
            const code = direction === "sent" ? "INTERNAL" : "PROTOCOL_ERROR";
            assert.throws(() => nextState(state, frame, direction), { code, scope: "stream" });
          }
          if (direction === "sent") assert.equal(maySend(state, frame), next !== undefined);
        });
      }
      it(`${state}: RESET ${direction} leads to CLOSED`, () => assert.equal(nextState(state, "RESET", direction), "CLOSED"));
    }

    it(`${state}: expects data exactly when some may still come`, () => {
      const reachable = (from, seen = new Set()) => {
        if (seen.has(from)) return false;
        seen.add(from);
        if (from !== "CLOSED" && table[`${from} received DATA`]) return true;
        return ["received ACCEPT", "sent ACCEPT", "sent END"].some(
          (step) => table[`${from} ${step}`] && reachable(table[`${from} ${step}`], seen),
        );
      };
      assert.equal(expectsData(state), reachable(state));
    });
  }

  it("sends no RESET twice", () => {
    assert.equal(maySend("OPEN", "RESET"), true);
    assert.equal(maySend("CLOSED", "RESET"), false);
  });
});
