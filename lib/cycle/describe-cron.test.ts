import { expect, test } from "vitest";
import { describeCron } from "@/lib/cycle/describe-cron";

test.each([
  ["30 2 * * *", { kind: "daily", times: ["02:30"] }],
  ["0 4,10,16,22 * * *", { kind: "daily", times: ["04:00", "10:00", "16:00", "22:00"] }],
  ["*/10 * * * *", { kind: "minutes", minutes: 10 }],
  ["5 * * * *", { kind: "hourly", minute: 5 }],
  ["0 9 * * 1,7", { kind: "weekly", weekdays: [1, 0], times: ["09:00"] }],
  ["0 9 1 * *", { kind: "monthly", day: 1, times: ["09:00"] }],
])("%s is read", (cron, meaning) => {
  expect(describeCron(cron)).toEqual(meaning);
});

test.each(["0 9 1 * 1", "0 9-17 * * *", "0 9 * 6 *", "61 2 * * *", "@daily", "", "0 0 0 0 0 0"])(
  "%s is not put into a sentence",
  (cron) => {
    expect(describeCron(cron)).toBeNull();
  },
);
