// Requests to our own server. A refusal carries the line that the server wrote for the person.

export class Refusal extends Error {
  constructor(text, status) {
    super(text);
    this.status = status;
  }
}

const NOT_SENT = "ส่งไม่สำเร็จ ลองอีกครั้ง";

async function ask(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(NOT_SENT, 0);
  }
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer;
  throw new Refusal(answer?.error ?? NOT_SENT, response.status);
}

export function read(url, signal) {
  return ask(url, { signal, headers: { Accept: "application/json" } });
}

export function write(url, body) {
  if (body instanceof FormData) return ask(url, { method: "POST", body });
  return ask(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}
