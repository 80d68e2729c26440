// Sending pictures, and words about them, to the library: one file a request, two or three at a time.

const SIGNED_OUT = "You are signed out. Sign in again in another tab, then try again."
const BROKEN_OFF = "This did not get through. Check the connection and try again."
const MOMENT = 3000
const NAMES = /\.(jpe?g|jfif|png|gif|webp|avif|hei[cf]|svg|tiff?|bmp)$/i
// What a server or a proxy in front of it may answer without a word of ours.
const SENTENCES = {
  413: "The file is too large.",
  429: "Too much at once. Wait a moment and try again.",
  507: "There is no room left on the disk. Tell an administrator.",
}

// What was refused, with the sentence for the editor in `message`, and the answer it came with.
export class Refusal extends Error {
  constructor(message, status = 0, answer = {}) {
    super(message)
    this.status = status
    this.answer = answer
  }
}

// Another one than the page came with, once somebody signed in anew in another tab.
let freshToken = null
const token = () => freshToken ?? document.querySelector("[name=csrfmiddlewaretoken]").value

// Why the file need not even be sent; empty where it may be.
export function unfit(file, limit) {
  if (!file.type.startsWith("image/") && !NAMES.test(file.name)) return "This is not a picture."
  if (!file.size) return "The file is empty."
  if (file.size > limit) return `The file is larger than ${Math.floor(limit / 1024 / 1024)} MB.`
  return ""
}

export function filled(fields) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

// By XMLHttpRequest, because fetch does not tell how far an upload got.
function request(address, form, progress, signal) {
  return new Promise((resolve, reject) => {
    const sent = new XMLHttpRequest()
    const stop = () => sent.abort()
    sent.open("POST", address)
    sent.setRequestHeader("X-CSRFToken", token())
    sent.upload.addEventListener("progress", (event) => progress?.(event.loaded, event.total))
    sent.addEventListener("load", () => resolve(sent))
    sent.addEventListener("error", () => reject(new Refusal(BROKEN_OFF)))
    sent.addEventListener("abort", () => reject(new Refusal("Stopped.")))
    sent.addEventListener("loadend", () => signal?.removeEventListener("abort", stop))
    signal?.addEventListener("abort", stop)
    if (signal?.aborted) return reject(new Refusal("Stopped."))
    sent.send(form)
  })
}

function read(sent) {
  if (!sent.getResponseHeader("Content-Type")?.includes("json")) return null
  try {
    return JSON.parse(sent.responseText)
  } catch {
    return null
  }
}

// Resolves to what the server answered, or throws a Refusal.
export async function post(address, form, { progress, signal } = {}, again = true) {
  const sent = await request(address, form, progress, signal)
  const answer = read(sent)
  if (sent.status >= 200 && sent.status < 300 && answer) return answer
  if (answer?.token && again) {
    freshToken = answer.token
    return post(address, form, { progress, signal }, false)
  }
  if (sent.status === 503 && again) {
    await new Promise((resolve) => setTimeout(resolve, MOMENT)) // whoever is busy is so for a moment
    return post(address, form, { progress, signal }, false)
  }
  const signedOut = !answer && (sent.status === 200 || sent.status === 403)
  const sentence = answer?.error ?? (signedOut ? SIGNED_OUT : SENTENCES[sent.status])
  throw new Refusal(sentence ?? `The server refused this (${sent.status}). Try again later.`, sent.status, answer ?? {})
}

export const upload = (address, file, fields, options) => post(address, filled({ ...fields, file }), options)

// The files that a drop or a paste carries.
export const filesOf = (transfer) => [...(transfer?.files ?? [])]

// Lets files be dropped onto an element, and shows that they may be.
export function acceptDrops(target, take, shown = target) {
  let depth = 0
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files")
  const show = () => shown.classList.toggle("is-dropping", depth > 0)
  target.addEventListener("dragenter", (event) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    depth++
    show()
  })
  target.addEventListener("dragover", (event) => {
    if (carriesFiles(event)) event.preventDefault()
  })
  target.addEventListener("dragleave", (event) => {
    if (!carriesFiles(event)) return
    depth = Math.max(depth - 1, 0)
    show()
  })
  target.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    event.stopPropagation()
    depth = 0
    show()
    take(filesOf(event.dataTransfer))
  })
}

// Many files, a few at a time. Nothing of a file is read before its turn, and nothing is kept of it after.
export class Queue {
  constructor({ send, changed, lanes = 3 }) {
    this.send = send // (item, signal) => promise of the answer
    this.changed = changed // called with the item whose state is another
    this.lanes = lanes
    this.waiting = []
    this.running = new Set()
    this.failed = new Set()
    this.done = 0
    this.doneBytes = 0
    this.totalBytes = 0
    this.stopper = new AbortController()
  }

  get total() {
    return this.waiting.length + this.running.size + this.failed.size + this.done
  }

  get isBusy() {
    return this.waiting.length > 0 || this.running.size > 0
  }

  // How far all of it got, from 0 to 1; what failed counts as gone through.
  get share() {
    let bytes = this.doneBytes
    for (const item of this.running) bytes += item.loaded
    return this.totalBytes ? bytes / this.totalBytes : 0
  }

  add(items) {
    if (!this.isBusy) this.doneBytes = this.totalBytes = 0
    for (const item of items) {
      this.totalBytes += item.file.size
      this.waiting.push(item)
    }
    this.next()
  }

  refuse(item, message) {
    item.message = message
    item.state = "failed"
    this.failed.add(item)
    this.changed(item)
  }

  retry(items = [...this.failed]) {
    for (const item of items) this.failed.delete(item)
    this.add(items)
  }

  stop() {
    this.stopper.abort()
    this.stopper = new AbortController()
    for (const item of this.waiting.splice(0)) this.refuse(item, "Stopped.")
  }

  next() {
    while (this.running.size < this.lanes && this.waiting.length) this.run(this.waiting.shift())
  }

  async run(item) {
    Object.assign(item, { state: "sending", loaded: 0, message: "" })
    this.running.add(item)
    this.changed(item)
    try {
      item.answer = await this.send(item, this.stopper.signal)
      item.state = "done"
      this.done++
    } catch (refusal) {
      item.state = "failed"
      item.message = refusal.message
      item.status = refusal.status
      this.failed.add(item)
    }
    this.running.delete(item)
    this.doneBytes += item.file.size
    this.changed(item)
    this.next()
  }
}
