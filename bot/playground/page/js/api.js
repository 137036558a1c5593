// The simulated user's API of the playground.

async function call(path, options) {
  const answer = await fetch(`sim/${path}`, options);
  const text = await answer.text();
  const body = text ? JSON.parse(text) : {};
  if (!answer.ok) throw new Error(body.error ?? `HTTP ${answer.status}`);
  return body;
}

export const get = (path) => call(path, { cache: "no-store" });

export const post = (path, body = {}) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const inChat = (id, action, body) => post(`chats/${id}/${action}`, body);

export const fileUrl = (fileId) => `sim/files/${encodeURIComponent(fileId)}`;

export async function upload(id, action, file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  const mime_type = file.type || "application/octet-stream";
  return inChat(id, action, { file_name: file.name, mime_type, base64: btoa(binary) });
}

/** Calls `onEvent` for each change, `onState(true|false)` when the line comes or goes. */
export function listen(onEvent, onState) {
  const source = new EventSource("sim/events");
  source.addEventListener("open", () => onState(true));
  source.addEventListener("message", (message) => onEvent(JSON.parse(message.data)));
  source.addEventListener("error", () => {
    onState(false);
    // The browser tries again by itself, except after an answer that is no event stream.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(onEvent, onState), 2000);
  });
}
