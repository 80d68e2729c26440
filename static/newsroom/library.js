// The picture library as a dialog: search, choose, upload, drop.
//
// openLibrary(address) resolves to a picture, or to null when it is closed; with {several: true} to an array of
// pictures in the order they were chosen, empty when it is closed.

import { button, colourGrounds, element, field } from "newsroom/elements"
import { acceptDrops, Queue, unfit, upload } from "newsroom/upload"

const WANTED = "Needed before a piece with it is published."

function wanted(label, name, properties) {
  const made = field(label, name, properties)
  made.append(element("small", { className: "field__hint", textContent: WANTED }))
  return made
}

// Where a picture is put in: one, with its words, or several with a credit for all.
function uploadForm(several, send) {
  const file = element("input", { type: "file", name: "file", accept: "image/*,.heic,.heif", required: true, multiple: several })
  const hint = element("small", { className: "field__hint", textContent: "Or drop it anywhere here." })
  if (several) hint.textContent = "Or drop them anywhere here."
  const shown = element("span", { className: "library__dropped" })
  const alt = wanted("What it shows (alt text)", "alt_text", { type: "text", maxLength: 300 })
  const caption = field("Caption", "caption", { type: "text", maxLength: 500 })
  const credit = wanted("Credit", "credit", { type: "text", maxLength: 200 })
  const error = element("p", { className: "library__error" })
  error.setAttribute("role", "alert")
  const bar = element("progress", { value: 0, max: 1, hidden: true, ariaLabel: "Upload" })
  const act = element("button", { type: "submit", className: "act act--next", textContent: "Upload and use" })
  const label = element("label", { className: "field" }, [element("span", { textContent: several ? "Picture files" : "Picture file" }), file, hint])
  const form = element("form", { className: "library__upload" }, [label, alt, caption, credit, act, shown, bar, error])

  // The fields come with the files; words of each of many are written where it is used, or in the library.
  const chosen = () => {
    const count = file.files.length
    alt.hidden = caption.hidden = count !== 1
    credit.hidden = act.hidden = !count
    shown.textContent = count > 1 ? `${count} files` : ""
    error.textContent = ""
  }
  file.addEventListener("change", chosen)
  chosen()
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    event.stopPropagation()
    const fields = { credit: credit.querySelector("input").value }
    if (!alt.hidden) Object.assign(fields, { alt_text: alt.querySelector("input").value, caption: caption.querySelector("input").value })
    error.textContent = ""
    act.disabled = true
    bar.hidden = false
    const message = await send([...file.files], fields, (share) => { bar.value = share })
    act.disabled = false
    bar.hidden = true
    if (message) error.textContent = message
    else {
      form.reset()
      chosen()
    }
  })
  return {
    form,
    take(files) {
      const transfer = new DataTransfer()
      for (const each of several ? files : files.slice(0, 1)) transfer.items.add(each)
      file.files = transfer.files
      chosen()
      const next = alt.hidden ? credit : alt
      next.querySelector("input").focus()
    },
  }
}

function tile(picture) {
  const image = element("img", { src: picture.thumbnail, alt: picture.alt, loading: "lazy" })
  image.dataset.colour = picture.colour
  const parts = [element("span", { className: "library__ground" }, [image]), element("span", { className: "library__name", textContent: picture.title })]
  if (picture.credit) parts.push(element("span", { className: "library__credit", textContent: picture.credit }))
  for (const text of picture.warnings) parts.push(element("span", { className: "remark remark--lacks", textContent: text }))
  const made = element("button", { type: "button", className: "library__picture" }, parts)
  colourGrounds(made)
  return made
}

export function openLibrary(address, { several = false, files = [] } = {}) {
  return new Promise((resolve) => {
    const search = element("input", { type: "search", placeholder: "Search pictures", ariaLabel: "Search pictures" })
    const grid = element("div", { className: "library__grid" })
    const note = element("p", { className: "library__note" })
    note.setAttribute("role", "status")
    const more = button("More pictures", () => load(false), "act library__more")
    more.hidden = true
    const close = button("Close", () => dialog.close())
    const use = button("Use them", () => finish([...picked.values()]), "act act--next")
    use.hidden = true
    const head = element("div", { className: "library__head" }, [search, use, close])
    const dialog = element("dialog", { className: "library", ariaLabel: "Picture library" }, [head, grid, note, more])

    let page = 1
    let asked = 0
    let result = []
    let uploads = null
    const picked = new Map() // by number, in the order of choosing

    function finish(pictures) {
      result = pictures
      dialog.close()
    }

    function choose(picture, made) {
      if (!several) return finish([picture])
      if (!picked.delete(picture.id)) picked.set(picture.id, picture)
      made.setAttribute("aria-pressed", String(picked.has(picture.id)))
      count()
    }

    function count() {
      const numbers = [...picked.keys()]
      for (const each of grid.children) {
        const place = numbers.indexOf(Number(each.dataset.id))
        each.dataset.place = place < 0 ? "" : place + 1
      }
      use.hidden = !picked.size
      use.textContent = picked.size === 1 ? "Use this picture" : `Use ${picked.size} pictures`
    }

    function shown(picture) {
      const made = tile(picture)
      made.dataset.id = picture.id
      if (several) made.setAttribute("aria-pressed", String(picked.has(picture.id)))
      made.addEventListener("click", () => choose(picture, made))
      return made
    }

    // Resolves to what went wrong, in words; empty where all went well.
    function send(answer, chosen, fields, progress) {
      return new Promise((settled) => {
        const faults = []
        const done = []
        const queue = new Queue({
          send: (item, signal) =>
            upload(answer.upload, item.file, fields, {
              signal,
              progress: (loaded, total) => {
                item.loaded = (loaded / (total || 1)) * item.file.size
                progress(queue.share)
              },
            }),
          changed(item) {
            if (item.state === "failed") faults.push(chosen.length > 1 ? `${item.file.name}: ${item.message}` : item.message)
            if (item.state === "done") done[item.place] = item.answer
            if (item.state !== "sending" && !queue.isBusy) end()
          },
        })
        function end() {
          const pictures = done.filter(Boolean)
          if (!several && pictures.length) finish(pictures)
          if (several) for (const picture of pictures) picked.set(picture.id, picture)
          grid.prepend(...pictures.map(shown))
          count()
          settled(faults.join(" "))
        }
        const fit = []
        for (const [place, file] of chosen.entries()) {
          const message = unfit(file, answer.limit)
          if (message) faults.push(chosen.length > 1 ? `${file.name}: ${message}` : message)
          else fit.push({ file, place, loaded: 0 })
        }
        if (fit.length) queue.add(fit)
        else settled(faults.join(" "))
      })
    }

    function offerUpload(answer) {
      if (!answer.upload || uploads) return
      uploads = uploadForm(several, (chosen, fields, progress) => send(answer, chosen, fields, progress))
      head.after(uploads.form)
      acceptDrops(dialog, (dropped) => uploads.take(dropped))
      if (files.length) uploads.take(files)
    }

    async function load(afresh) {
      const question = ++asked
      page = afresh ? 1 : page + 1
      const query = new URLSearchParams({ q: search.value, page })
      const response = await fetch(`${address}?${query}`).catch(() => null)
      const answer = response?.headers.get("Content-Type")?.includes("json") ? await response.json() : {}
      if (question !== asked) return // somebody typed on
      if (!response?.ok || !answer.pictures) {
        note.textContent = answer.error ?? "The library could not be read. Sign in again in another tab, then search again."
        return
      }
      if (afresh) grid.replaceChildren()
      grid.append(...answer.pictures.map(shown))
      count()
      note.textContent = grid.children.length ? "" : "No picture found."
      more.hidden = !answer.more
      offerUpload(answer)
    }

    let pause
    search.addEventListener("input", () => {
      clearTimeout(pause)
      pause = setTimeout(() => load(true), 250)
    })
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(several ? result : (result[0] ?? null))
    })
    document.body.append(dialog)
    dialog.showModal()
    load(true)
  })
}
