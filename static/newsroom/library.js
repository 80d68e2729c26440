// The picture library as a dialog: search, choose, upload. Resolves to a picture, or to null when it is closed.

const element = (name, properties = {}, children = []) => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value

const field = (label, name, properties = {}) =>
  element("label", {}, [label, element("input", { name, ...properties })])

function uploadForm(address, chosen) {
  const error = element("p", { className: "library__error" })
  error.setAttribute("role", "alert")
  const button = element("button", { type: "submit", className: "act act--next", textContent: "Upload and use" })
  const form = element("form", { className: "library__upload" }, [
    field("Picture file", "file", { type: "file", accept: "image/*", required: true }),
    field("What it shows (alt text)", "alt_text", { type: "text", maxLength: 300 }),
    field("Caption", "caption", { type: "text", maxLength: 500 }),
    field("Credit", "credit", { type: "text", maxLength: 200 }),
    button,
    error,
  ])
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    event.stopPropagation()
    button.disabled = true
    error.textContent = ""
    try {
      const response = await fetch(address, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-CSRFToken": token() },
      })
      const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {}
      if (response.ok) chosen(answer)
      else error.textContent = Object.values(answer.errors ?? {}).flat().join(" ") || `The upload was refused (${response.status}).`
    } catch {
      error.textContent = "The upload did not get through. Check the connection and try again."
    } finally {
      button.disabled = false
    }
  })
  return form
}

function tile(picture, chosen) {
  const button = element("button", { type: "button", className: "library__picture" }, [
    element("img", { src: picture.thumbnail, alt: picture.alt, loading: "lazy" }),
    picture.title,
  ])
  button.addEventListener("click", () => chosen(picture))
  return button
}

export function openLibrary(address) {
  return new Promise((resolve) => {
    const search = element("input", { type: "search", placeholder: "Search pictures", ariaLabel: "Search pictures" })
    const close = element("button", { type: "button", className: "act", textContent: "Close" })
    const grid = element("div", { className: "library__grid" })
    const note = element("p", { className: "library__note" })
    note.setAttribute("role", "status")
    const more = element("button", { type: "button", className: "act library__more", textContent: "More pictures", hidden: true })
    const head = element("div", { className: "library__head" }, [search, close])
    const dialog = element("dialog", { className: "library", ariaLabel: "Picture library" }, [head, grid, note, more])

    let page = 1
    let asked = 0
    let picked = null
    const chosen = (picture) => {
      picked = picture
      dialog.close()
    }

    async function load(afresh) {
      const question = ++asked
      page = afresh ? 1 : page + 1
      const query = new URLSearchParams({ q: search.value, page })
      const response = await fetch(`${address}?${query}`).catch(() => null)
      if (question !== asked) return // somebody typed on
      if (!response?.ok) {
        note.textContent = "The library could not be read. Sign in again in another tab, then search again."
        return
      }
      const answer = await response.json()
      if (afresh) grid.replaceChildren()
      grid.append(...answer.pictures.map((picture) => tile(picture, chosen)))
      note.textContent = grid.children.length ? "" : "No picture found."
      more.hidden = !answer.more
      if (answer.upload && !dialog.querySelector("form")) head.after(uploadForm(answer.upload, chosen))
    }

    let pause
    search.addEventListener("input", () => {
      clearTimeout(pause)
      pause = setTimeout(() => load(true), 250)
    })
    more.addEventListener("click", () => load(false))
    close.addEventListener("click", () => dialog.close())
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(picked)
    })
    document.body.append(dialog)
    dialog.showModal()
    load(true)
  })
}
