import { sql } from "drizzle-orm";
import { expect, inject, test } from "vitest";
import { migrate } from "@/server/store/migrate";
import { freshDatabase } from "@/test/fixtures/database";

test("two migrations at once leave one schema", async () => {
  await using open = await freshDatabase();
  await Promise.all([migrate(open.url), migrate(open.url)]);
  const { rows } = await open.db.execute(sql`select count(*)::int as applied from drizzle.__drizzle_migrations`);
  expect(rows).toEqual([{ applied: 1 }]);
});

test("each test has a database of its own", async () => {
  await using one = await freshDatabase();
  await using two = await freshDatabase();
  await one.db.execute(sql`create table mine (value int)`);
  await expect(two.db.execute(sql`select * from mine`)).rejects.toThrow();
});

test("a server where nobody listens is named without the password", async () => {
  const failure = migrate("postgres://user:secret@127.0.0.1:1/nereus");
  await expect(failure).rejects.toMatchObject({
    code: "database-unreachable",
    fields: { address: "127.0.0.1:1/nereus" },
  });
  await expect(failure).rejects.not.toThrow("secret");
});

test("text that is no address is refused before anything is tried", async () => {
  await expect(migrate("mysql://user:secret@host/db")).rejects.toMatchObject({ code: "database-unreachable" });
  await expect(migrate("mysql://user:secret@host/db")).rejects.not.toThrow("secret");
});

test("a database that does not exist is refused with the server's words", async () => {
  const url = new URL(inject("database").adminUrl);
  url.pathname = "/absent";
  await expect(migrate(url.href)).rejects.toMatchObject({
    code: "database-unreachable",
    fields: { problem: 'database "absent" does not exist' },
  });
});
