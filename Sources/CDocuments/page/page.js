"use strict";

// Every text of the documents goes into the page as text, never as markup.
function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// Paragraphs, indented blocks of code, `code` and **weight**: all the Markdown that the documents use.
function prose(text = "") {
  return text.trim().split(/\n\s*\n/).filter(Boolean).map((paragraph) => {
    if (/^ {4}/.test(paragraph)) return element("pre", {}, paragraph.replace(/^ {4}/gm, ""));
    return element("p", {}, ...inline(paragraph));
  });
}

function inline(text = "") {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith("`")) return element("code", {}, part.slice(1, -1));
    return part.startsWith("**") ? element("strong", {}, part.slice(2, -2)) : part;
  });
}

// MARK: documents

function resolve(document, value) {
  let found = value;
  for (let hops = 0; found && found.$ref && hops < 8; hops++) {
    found = found.$ref.slice(2).split("/").reduce((place, name) => {
      return place && place[decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~")];
    }, document);
  }
  return found || {};
}

function nameOf(schema) {
  return schema && schema.$ref ? schema.$ref.split("/").pop() : undefined;
}

function typeOf(document, schema) {
  if (!schema || typeof schema !== "object") return "anything";
  const own = resolve(document, schema);
  if (own.const !== undefined) return JSON.stringify(own.const);
  if (own.enum) return own.enum.map((value) => (value === null ? "null" : value)).join(" | ");
  const options = own.oneOf || own.anyOf;
  if (options && !own.properties) return options.map((option) => typeOf(document, option)).join(" | ");
  const types = [].concat(own.type || (own.properties ? "object" : "anything"));
  const named = nameOf(schema);
  return types.map((type) => {
    if (type === "array") return `list of ${own.items ? typeOf(document, own.items) : "anything"}`;
    if (type === "object" && named) return named;
    return own.format && type === "string" ? own.format : type;
  }).join(" | ");
}

function limitsOf(schema) {
  const said = [];
  if (schema.minimum !== undefined) said.push(`at least ${schema.minimum}`);
  if (schema.maximum !== undefined) said.push(`at most ${schema.maximum}`);
  if (schema.minLength === 1) said.push("not empty");
  else if (schema.minLength) said.push(`${schema.minLength} characters or more`);
  if (schema.maxLength) said.push(`${schema.maxLength} characters at most`);
  if (schema.default !== undefined) said.push(`default ${JSON.stringify(schema.default)}`);
  return said.join(", ");
}

// The members of an object and of its parts, with those of inner objects below them.
function members(document, schema, depth = 0, prefix = "") {
  const own = resolve(document, schema);
  const parts = [own, ...(own.allOf || []).map((part) => resolve(document, part))];
  return parts.flatMap((part) => Object.entries(part.properties || {}).flatMap(([name, member]) => {
    const inner = resolve(document, member);
    const row = { name: prefix + name, schema: member, inner, needed: (part.required || []).includes(name) };
    if (depth >= 3) return [row];
    const below = inner.type && [].concat(inner.type).includes("array") ? inner.items : member;
    const mark = below === member ? "." : "[].";
    return [row, ...members(document, below, depth + 1, `${prefix}${name}${mark}`)];
  }));
}

function membersTable(document, schema) {
  const own = resolve(document, schema);
  const isList = [].concat(own.type || []).includes("array");
  const rows = members(document, isList ? own.items : schema);
  if (!rows.length) return element("p", { class: "quiet" }, typeOf(document, schema));
  return table(["member", "type", ""], rows.map((row) => [
    [element("code", {}, row.name), row.needed ? element("span", { class: "needed" }, " always") : ""],
    [element("span", { class: "of" }, typeOf(document, row.schema))],
    [...inline(row.schema.description || row.inner.description || ""), " ",
      element("span", { class: "quiet" }, limitsOf(row.inner))],
  ]));
}

function table(headings, rows) {
  return element("table", {},
    element("thead", {}, element("tr", {}, ...headings.map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, ...rows.map((cells) => {
      return element("tr", {}, ...cells.map((cell) => element("td", {}, ...[].concat(cell))));
    })));
}

function examplesOf(document, media) {
  if (media.example !== undefined) return [["", media.example]];
  return Object.entries(media.examples || {}).map(([name, example]) => [name, resolve(document, example).value]);
}

function content(document, medias = {}) {
  return Object.entries(medias).flatMap(([type, media]) => [
    element("p", { class: "quiet" }, type),
    ...examplesOf(document, media).map(([, value]) => {
      return element("pre", {}, typeof value === "string" ? value : JSON.stringify(value, null, 2));
    }),
    media.schema ? element("details", {}, element("summary", {}, "Members"), membersTable(document, media.schema)) : null,
  ]).filter(Boolean);
}

// MARK: operations

function parametersTable(document, parameters) {
  return table(["parameter", "type", ""], parameters.map((parameter) => [
    [element("code", {}, parameter.name), parameter.required ? element("span", { class: "needed" }, " needed") : ""],
    [element("span", { class: "of" }, `${typeOf(document, parameter.schema)}, ${parameter.in}`)],
    [...inline(parameter.description || ""), " ",
      element("span", { class: "quiet" }, limitsOf(resolve(document, parameter.schema)))],
  ]));
}

function responseView(document, status, reference) {
  const response = resolve(document, reference);
  const headers = Object.keys(response.headers || {});
  return element("details", { class: "response", open: status.startsWith("2") },
    element("summary", {}, element("span", { class: "status" }, status), ...inline(response.description || "")),
    headers.length ? element("p", { class: "quiet" }, `Headers: ${headers.join(", ")}`) : null,
    ...content(document, response.content));
}

function operationView(document, operation) {
  const { id, method, path, spec, parameters } = operation;
  const body = spec.requestBody && resolve(document, spec.requestBody);
  const summary = element("summary", {},
    element("span", { class: `method ${method}` }, method), element("span", { class: "path" }, path),
    element("span", { class: "says" }, ...inline(spec.summary || "")),
    spec["x-role"] ? element("span", { class: "role" }, spec["x-role"]) : null);
  const view = element("details", { class: "operation", id }, summary);
  // Filled when first opened: a page of eighty open operations would be slow to lay out.
  view.addEventListener("toggle", () => {
    if (!view.open || view.children.length > 1) return;
    view.append(element("div", { class: "body" },
      ...prose(spec.description),
      ...(parameters.length ? [element("h4", {}, "Parameters"), parametersTable(document, parameters)] : []),
      ...(body ? [element("h4", {}, "Body"), ...content(document, body.content)] : []),
      element("h4", {}, "From a shell"), element("pre", {}, curlOf(document, operation, body)),
      element("h4", {}, "Answers"),
      ...Object.entries(spec.responses || {}).map(([status, answer]) => responseView(document, status, answer)),
      method === "get" ? tryView(operation) : null));
  });
  return view;
}

// The operation with its first example, as one command.
function curlOf(document, { method, path, spec, parameters }, body) {
  const examples = parameters.filter((each) => each.in === "path").map((each) => [each, { value: each.example || "…" }]);
  const [type, media] = Object.entries((body && body.content) || {})[0] || [];
  const [, value] = media ? examplesOf(document, media)[0] || [] : [];
  const parts = [`curl${method === "get" ? "" : ` -X ${method.toUpperCase()}`} '${location.origin}${addressOf(path, examples)}'`];
  if (spec["x-role"]) parts.push('-H "Authorization: Bearer $HONE_KEY"');
  if (type) parts.push(`-H 'Content-Type: ${type}'`);
  if (value !== undefined) parts.push(`-d '${(typeof value === "string" ? value : JSON.stringify(value)).replaceAll("'", "'\\''")}'`);
  return parts.join(" \\\n    ");
}

function tryView({ path, parameters }) {
  const usable = parameters.filter((parameter) => parameter.in === "path" || parameter.in === "query");
  const fields = usable.map((parameter) => {
    return [parameter, element("input", { required: parameter.required, value: parameter.example })];
  });
  const output = element("div", { role: "status", "aria-live": "polite" });
  const form = element("form", { class: "try" }, element("div", { class: "fields" },
    ...fields.map(([parameter, input]) => element("label", {}, parameter.name, input)),
    element("button", { type: "submit" }, "Try it")), output);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    output.replaceChildren(element("p", { class: "quiet" }, "Asking."));
    output.replaceChildren(...await ask(addressOf(path, fields)));
  });
  return form;
}

function addressOf(path, fields) {
  const query = new URLSearchParams();
  let place = path;
  for (const [parameter, input] of fields) {
    if (parameter.in === "path") place = place.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    else if (input.value) query.set(parameter.name, input.value);
  }
  return query.size ? `${place}?${query}` : place;
}

async function ask(address) {
  const key = document.getElementById("key").value;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 10000);
  const began = performance.now();
  try {
    const response = await fetch(address, { headers: key ? { authorization: `Bearer ${key}` } : {}, signal: stop.signal });
    const text = await response.text();
    const took = Math.round(performance.now() - began);
    return [
      element("p", {}, element("span", { class: "status" }, `${response.status}`), `${address} in ${took} ms`),
      element("pre", {}, pretty(text).slice(0, 100000)),
    ];
  } catch (error) {
    return [element("p", {}, error.name === "AbortError" ? "No whole answer within 10 seconds." : `No answer: ${error.message}`)];
  } finally {
    clearTimeout(timer);
  }
}

function pretty(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

function operationsOf(document) {
  const methods = ["get", "post", "put", "patch", "delete"];
  return Object.entries(document.paths).flatMap(([path, item]) => methods.filter((method) => item[method]).map((method) => {
    const spec = item[method];
    const parameters = [...(item.parameters || []), ...(spec.parameters || [])].map((each) => resolve(document, each));
    const words = `${method} ${path} ${spec.summary || ""} ${spec.description || ""}`.toLowerCase();
    return { id: spec.operationId, method, path, spec, parameters, words, tag: (spec.tags || ["other"])[0] };
  }));
}

// MARK: streams and sockets

function channelsOf(document) {
  return Object.entries(document.channels).map(([id, channel]) => ({
    id, channel, path: channel.address, method: channel.address.startsWith("/") ? "ws" : "xadd",
    words: `${channel.address} ${channel.title || ""} ${channel.description || ""}`.toLowerCase(),
  }));
}

// What stands for itself in a channel's address, and what may be asked of a socket.
function channelParameters(document, channel) {
  const place = channel.address.startsWith("/") ? "path" : "key";
  const own = Object.entries(channel.parameters || {}).map(([name, reference]) => {
    const { description, enum: words } = resolve(document, reference);
    return { name, in: place, required: true, description, schema: words ? { enum: words } : { type: "string" } };
  });
  const asked = Object.entries(resolve(document, channel.bindings || {}).ws?.query?.properties || {});
  return [...own, ...asked.map(([name, schema]) => ({ name, in: "query", description: schema.description, schema }))];
}

function channelView(document, { id, channel, method }) {
  const groups = channel["x-consumer-groups"];
  const who = groups ? `read by ${groups.join(", ")}` : channel["x-role"];
  const view = element("details", { class: "operation", id }, element("summary", {},
    element("span", { class: "method" }, method),
    element("span", { class: "path" }, channel.address), element("span", { class: "says" }, channel.title),
    who ? element("span", { class: "role" }, who) : null));
  view.addEventListener("toggle", () => {
    if (!view.open || view.children.length > 1) return;
    const messages = Object.values(channel.messages || {}).map((message) => resolve(document, message));
    const parameters = channelParameters(document, channel);
    view.append(element("div", { class: "body" }, ...prose(channel.description),
      ...(parameters.length ? [element("h4", {}, "Parameters"), parametersTable(document, parameters)] : []),
      ...messages.flatMap((message) => [
        element("h4", {}, message.title), ...prose(message.summary),
        ...(message.examples || []).map((example) => element("pre", {}, JSON.stringify(example.payload, null, 2))),
        element("details", {}, element("summary", {}, "Members"), membersTable(document, message.payload)),
      ])));
  });
  return view;
}

// MARK: the page

function section(title, description, views) {
  return element("section", { class: "tag", id: `tag-${title}` }, element("h2", {}, title), ...prose(description), ...views);
}

function indexOf(title, entries) {
  const items = entries.map(({ id, method, path, words }) => element("li", { "data-words": words },
    element("a", { href: `#${id}` }, element("span", { class: `method ${method}` }, method), breakable(path))));
  return element("div", {}, element("h2", {}, title), element("ul", {}, ...items));
}

// A path that may be broken before each slash, and nowhere else.
function breakable(path) {
  return element("span", {}, ...path.split(/(?=[/.])/).flatMap((part) => [document.createElement("wbr"), part]));
}

function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.tagName === "DETAILS") {
    target.open = true;
    target.scrollIntoView();
  }
}

function filter(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  for (const item of document.querySelectorAll("[data-words]")) {
    item.hidden = !words.every((word) => item.dataset.words.includes(word));
  }
  for (const group of document.querySelectorAll("#index > div, section.tag")) {
    group.hidden = Boolean(group.querySelector("[data-words]")) && !group.querySelector("[data-words]:not([hidden])");
  }
}

function add(title, description, entries, view) {
  if (!entries.length) return;
  document.getElementById("index").append(indexOf(title, entries));
  document.getElementById("content").append(section(title, description, entries.map((entry) => {
    const made = view(entry);
    made.dataset.words = entry.words;
    return made;
  })));
}

function show(openapi, asyncapi) {
  const operations = operationsOf(openapi);
  const channels = channelsOf(asyncapi);
  document.getElementById("content").replaceChildren(section(openapi.info.title, openapi.info.description, []));
  for (const { name, description } of openapi.tags || []) {
    const own = operations.filter((operation) => operation.tag === name);
    add(name, description, own, (operation) => operationView(openapi, operation));
  }
  const sockets = channels.filter((channel) => channel.method === "ws");
  const streams = channels.filter((channel) => channel.method === "xadd");
  const about = `WebSockets of the gateway: a snapshot, then what moves.\n\n${asyncapi.servers.gateway.description}`;
  add("sockets", about, sockets, (channel) => channelView(asyncapi, channel));
  add("streams", asyncapi.info.description, streams, (channel) => channelView(asyncapi, channel));
  openTarget();
}

async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  return response.json();
}

document.getElementById("access").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("find").addEventListener("input", (event) => filter(event.target.value));
addEventListener("hashchange", openTarget);
Promise.all([load("/openapi.json"), load("/asyncapi.json")]).then(([openapi, asyncapi]) => show(openapi, asyncapi))
  .catch((error) => { document.getElementById("state").textContent = `The documents could not be loaded: ${error.message}`; });
