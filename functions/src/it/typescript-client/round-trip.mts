// Takes a row through its life with types generated from install/openapi.yaml; .ci/openapi checks the types and runs it.
// The row is the document's example, so no column is named here.
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.mjs";

type Values = components["schemas"]["PassengerValues"];

const baseUrl = process.argv[2];
const client = createClient<paths>({ baseUrl });

const document = await (await fetch(`${baseUrl}/openapi.json`)).json();
const values: Values = document.paths["/postpassenger"].post.requestBody.content["application/json"].example;

const header = { "Idempotency-Key": crypto.randomUUID() };
const created = await client.POST("/postpassenger", { params: { header }, body: values });
assert.equal(created.response.status, 201);
assert(created.data && "uuid" in created.data);
const row: components["schemas"]["Passenger"] = created.data;
const again = await client.POST("/postpassenger", { params: { header }, body: values });
assert.deepEqual(again.data, row);

const etag = created.response.headers.get("ETag")!;
const path = { uuid: row.uuid };
const read = await client.GET("/getpassenger/{uuid}", { params: { path } });
assert.deepEqual(read.data, row);
const known = await client.GET("/getpassenger/{uuid}", { params: { path, header: { "If-None-Match": etag } } });
assert.equal(known.response.status, 304);

const ifMatch = { "If-Match": etag };
const replaced = await client.PUT("/putpassenger/{uuid}", { params: { path, header: ifMatch }, body: values });
assert.deepEqual(replaced.data, row);
const late = await client.PUT("/putpassenger/{uuid}", { params: { path, header: ifMatch }, body: values });
assert.equal(late.error?.status, 412);

const page = await client.GET("/passengerlist", { params: { query: { limit: 1, sort: "-uuid", count: "true" } } });
assert(Array.isArray(page.data), "a list in JSON, as nothing else was asked for");
assert.equal(page.data[0]?.uuid, row.uuid);

// @ts-expect-error There is no such path.
await client.GET("/nothing");
// @ts-expect-error A row without its values is none.
const refused = await client.POST("/postpassenger", { body: {} });
assert.equal(refused.error?.status, 400);

await client.DELETE("/deletepassenger/{uuid}", { params: { path } });
const gone = await client.GET("/getpassenger/{uuid}", { params: { path } });
assert.equal(gone.error?.detail, "There is no such passenger.");
console.log("round trip: done");
