// Pictures and galleries in the rich text editor.
//
// A text names a picture by its number and holds only what it says otherwise than the library: an empty
// caption or description means the picture's own, which stands in its place here in grey.

import { crel, Node, Plugin, pm, updateAttrsDialog } from "django-prose-editor/editor"
import { openLibrary } from "newsroom/library"

const { Decoration, DecorationSet } = pm.view

const WIDTHS = {
  "": "Normal width",
  "figure--wide": "Wide",
  "figure--full": "Full width",
  "figure--left": "Left, text beside it",
  "figure--right": "Right, text beside it",
}

export const present = (pairs) => Object.fromEntries(Object.entries(pairs).filter(([, value]) => value != null))

const onlyPicture = (element) => {
  const found = element.querySelectorAll("img[src]")
  return found.length === 1 ? found[0] : null
}

const readImage = (img, href = null) => ({
  src: img.getAttribute("src"),
  width: img.getAttribute("width"),
  height: img.getAttribute("height"),
  alt: img.getAttribute("alt") ?? "",
  href,
})

// Of a picture, of a gallery or of an embed.
export const PictureCaption = Node.create({
  name: "pictureCaption",
  content: "inline*",
  isolating: true,
  parseHTML: () => [
    { tag: "figcaption", context: "picture/|gallery/|embed/" },
    { tag: ".figure__credit", ignore: true, priority: 70 }, // copied from the page: it is printed in any case
  ],
  renderHTML: () => ["figcaption", 0],
})

export const PictureImage = Node.create({
  name: "pictureImage",
  selectable: false,
  addAttributes: () => ({
    src: { default: "" },
    width: { default: null },
    height: { default: null },
    alt: { default: "" },
    href: { default: null },
  }),
  parseHTML: () => [
    {
      tag: "a[href]",
      priority: 60,
      getAttrs: (link) => {
        const img = link.textContent.trim() ? null : onlyPicture(link)
        const isZoom = link.hasAttribute("data-zoom") // copied from the page
        return img ? readImage(img, isZoom ? null : link.getAttribute("href")) : false
      },
    },
    { tag: "img[src]", getAttrs: (img) => readImage(img) },
  ],
  renderHTML({ node }) {
    const { href, ...attributes } = node.attrs
    return href ? ["a", { href }, ["img", present(attributes)]] : ["img", present(attributes)]
  },
  // Whoever drags the image drags the whole picture.
  addNodeView: () => ({ node: { attrs: { href, ...attributes } } }) => ({
    dom: crel("img", { ...present(attributes), draggable: false, title: href ? `Leads to ${href}` : "" }),
  }),
})

// <figure data-image="12"><img ...><figcaption>...</figcaption></figure>
export const Picture = Node.create({
  name: "picture",
  group: "block",
  content: "pictureImage pictureCaption",
  draggable: true,
  isolating: true,

  addOptions: () => ({ libraryUrl: null }),

  // What the library says of the pictures in this text, by their numbers: { alt, caption, credit }.
  addStorage: () => ({ facts: {} }),

  onBeforeCreate() {
    const field = this.editor.options.element.querySelector("[data-pictures]")
    if (field) this.storage.facts = JSON.parse(field.dataset.pictures)
  },

  addAttributes: () => ({
    image: {
      default: null,
      parseHTML: (figure) => figure.getAttribute("data-image"),
      renderHTML: ({ image }) => present({ "data-image": image }),
    },
    class: {
      default: null,
      parseHTML: (figure) => [...figure.classList].find((name) => name in WIDTHS) ?? null,
    },
  }),

  parseHTML: () => [{ tag: "figure", getAttrs: (figure) => (onlyPicture(figure) ? null : false) }],
  renderHTML: ({ HTMLAttributes }) => ["figure", present(HTMLAttributes), 0],

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const width = crel("select", { "aria-label": "Width of the picture" })
      width.append(...Object.entries(WIDTHS).map(([value, textContent]) => crel("option", { value, textContent })))
      width.addEventListener("change", () =>
        editor.commands.command(({ tr }) => tr.setNodeAttribute(getPos(), "class", width.value || null)),
      )
      const tools = crel("div", { className: "desk-picture__tools", contentEditable: "false" }, [
        crel("span", { className: "desk-picture__alone" }, [width]),
        crel("span", { className: "desk-picture__among" }, [
          tool("arrow_back", "Move earlier", (name) => move(editor, getPos(), -1, name)),
          tool("arrow_forward", "Move later", (name) => move(editor, getPos(), 1, name)),
          tool("close", "Remove from the gallery", () => remove(editor, getPos())),
        ]),
        tool("closed_caption", "Describe this picture", () => describe(editor, getPos() + 1)),
      ])
      const contentDOM = crel("div")
      const dom = crel("figure", {}, [contentDOM, tools])
      const refresh = () => {
        width.value = node.attrs.class ?? ""
        dom.className = `desk-picture ${width.value}`.trim()
      }
      refresh()
      const isImage = ({ target }) => target.localName === "img"
      dom.addEventListener("mousedown", (event) => (dom.draggable = isImage(event))) // words are selected instead
      dom.addEventListener("click", (event) => isImage(event) && editor.commands.setNodeSelection(getPos()))
      return {
        dom,
        contentDOM,
        update(changed) {
          if (changed.type !== node.type) return false
          node = changed
          refresh()
          return true
        },
        stopEvent: (event) => tools.contains(event.target),
        ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
      }
    }
  },

  addCommands() {
    return {
      insertPicture:
        (picture, place = null) =>
        ({ editor, chain }) =>
          insert(chain(), editor, known(editor, picture), place).run(),
      describePicture:
        (place, alt) =>
        ({ tr, dispatch }) => {
          const image = tr.doc.nodeAt(place)
          if (image?.type.name !== "pictureImage") return false
          if (dispatch) tr.setNodeMarkup(place, null, { ...image.attrs, alt })
          return true
        },
    }
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "picture",
      groups: "insert",
      button: buttons.material("image", "picture from the library"),
      active: (editor) => editor.isActive("picture"),
      command: async (editor) => {
        const picture = await openLibrary(this.options.libraryUrl)
        if (picture) editor.chain().focus().insertPicture(picture).run()
      },
    })
    menu.defineItem({
      name: "pictureDescription",
      groups: "insert",
      button: buttons.material("closed_caption", "describe the picture (alt text)"),
      hidden: (editor) => imagePlace(editor.state.selection) === null,
      command: (editor) => describe(editor, imagePlace(editor.state.selection)),
    })
  },

  addProseMirrorPlugins() {
    const { storage } = this
    return [new Plugin({ props: { decorations: ({ doc }) => DecorationSet.create(doc, [...ghosts(doc, storage.facts)]) } })]
  },
})

// <figure class="gallery"><figure data-image="12">...</figure>...<figcaption>...</figcaption></figure>
export const Gallery = Node.create({
  name: "gallery",
  group: "block",
  // One that lost its last picture is left out when the text is printed.
  content: "picture* pictureCaption",
  draggable: true,
  isolating: true,

  addOptions: () => ({ libraryUrl: null }),

  parseHTML: () => [
    {
      tag: "figure.gallery",
      priority: 70,
      getAttrs: (frame) => (frame.querySelector("figure img[src]") ? null : false),
      // Without the list that the pictures stand in on the page, from where somebody may have copied it.
      contentElement: (frame) => {
        const caption = [...frame.children].filter((each) => each.localName === "figcaption")
        return crel("div", {}, [...frame.querySelectorAll("figure"), ...caption].map((each) => each.cloneNode(true)))
      },
    },
  ],
  renderHTML: () => ["figure", { class: "gallery" }, 0],

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const add = crel("button", { type: "button", className: "act", textContent: "Add pictures" })
      add.addEventListener("click", async () => {
        const pictures = await chosen(editor, this.options.libraryUrl)
        const end = getPos() + node.nodeSize - 1 - node.lastChild.nodeSize
        if (pictures.length) editor.chain().insertContentAt(end, pictures).focus().run()
      })
      const head = crel("div", { className: "desk-gallery__head", contentEditable: "false" }, [
        crel("strong", { textContent: "Gallery" }),
        add,
      ])
      head.firstChild.addEventListener("click", () => editor.commands.setNodeSelection(getPos()))
      const contentDOM = crel("div", { className: "desk-gallery__pictures" })
      return {
        dom: crel("div", { className: "desk-gallery" }, [head, contentDOM]),
        contentDOM,
        update(changed) {
          if (changed.type !== node.type) return false
          node = changed
          return true
        },
        stopEvent: (event) => add.contains(event.target),
        ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
      }
    }
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "gallery",
      groups: "insert",
      button: buttons.material("photo_library", "gallery of pictures from the library"),
      active: (editor) => editor.isActive("gallery"),
      command: async (editor) => {
        const pictures = await chosen(editor, this.options.libraryUrl)
        const content = [...pictures, { type: "pictureCaption" }]
        if (pictures.length) insert(editor.chain().focus(), editor, { type: "gallery", content }).run()
      },
    })
  },
})

// Pictures that somebody chooses from the library, as content for a text.
async function chosen(editor, libraryUrl) {
  const pictures = (await openLibrary(libraryUrl, { several: true })) ?? []
  return pictures.map((picture) => known(editor, picture))
}

// A picture of the library as content for a text; the text then knows what the library says of it.
function known(editor, { id, src, width, height, alt, caption, credit }) {
  editor.storage.picture.facts[id] = { alt, caption, credit }
  const attrs = { src, width: String(width), height: String(height), alt: "" }
  const content = [{ type: "pictureImage", attrs }, { type: "pictureCaption" }]
  return { type: "picture", attrs: { image: String(id) }, content }
}

// At the place given, or else where the selection is; after the figure that this is in.
function insert(chain, editor, content, place = null) {
  const { selection, doc } = editor.state
  const $place = place === null ? selection.$from : doc.resolve(place)
  const isFigure = (node) => ["picture", "gallery", "embed"].includes(node?.type.name)
  for (let depth = 1; depth <= $place.depth; depth++) {
    if (isFigure($place.node(depth))) return chain.insertContentAt($place.after(depth), content)
  }
  if (place === null && isFigure(selection.node)) return chain.insertContentAt(selection.to, content)
  return place === null ? chain.insertContent(content) : chain.insertContentAt(place, content)
}

function* ghosts(doc, facts) {
  const captions = []
  doc.descendants((node, place, parent) => {
    if (node.type.name === "pictureCaption") captions.push([node, place, parent])
    return !node.isTextblock
  })
  for (const [caption, place, { type, attrs }] of captions) {
    const own = facts[attrs.image] ?? {}
    const words = { gallery: "Caption of the whole gallery" }[type.name] ?? (own.caption ? `From the library: ${own.caption}` : "Caption")
    const ghost = caption.content.size ? {} : { "data-ghost": words }
    const credit = attrs.image in facts ? { "data-credit": own.credit || "missing in the library" } : {}
    yield Decoration.node(place, place + caption.nodeSize, { ...ghost, ...credit })
  }
}

// Where the image of the picture that the selection is, or stands in, begins; null outside of pictures.
function imagePlace({ $from, node, from }) {
  if (node?.type.name === "picture") return from + 1
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type.name === "picture") return $from.start(depth)
  }
  return null
}

async function describe(editor, place) {
  const { image } = editor.state.doc.resolve(place).parent.attrs
  const own = editor.storage.picture.facts[image]?.alt
  const description = own ? `Left empty, the picture's own is read out: “${own}”` : "The library does not describe it."
  const fields = { alt: { type: "string", title: "What it shows (alt text)", description } }
  const ask = updateAttrsDialog(fields, { title: "Describe the picture" })
  const answer = await ask(editor, editor.state.doc.nodeAt(place).attrs)
  if (answer) editor.chain().focus().describePicture(place, answer.alt.trim()).run()
}

const remove = (editor, place) =>
  editor
    .chain()
    .command(({ tr }) => tr.delete(place, place + tr.doc.nodeAt(place).nodeSize))
    .focus()
    .run()

// Past its neighbour in the gallery. The button keeps the focus: who presses it once often does so again.
function move(editor, place, by, name) {
  const $place = editor.state.doc.resolve(place)
  const neighbour = $place.parent.maybeChild($place.index() + by)
  if (neighbour?.type.name !== "picture") return
  const target = place + by * neighbour.nodeSize
  editor.commands.command(({ tr }) => {
    const picture = tr.doc.nodeAt(place)
    return tr.delete(place, place + picture.nodeSize).insert(target, picture)
  })
  editor.view.nodeDOM(target)?.querySelector(`[aria-label="${name}"]`)?.focus()
}

function tool(icon, name, act) {
  const button = crel("button", { type: "button", className: "material-icons", textContent: icon, title: name, "aria-label": name })
  button.addEventListener("click", () => act(name))
  return button
}
