// What the newsroom adds to the rich text editor: pictures and galleries (in figures.js), embeds, and whatever
// else the site's allowlist lets through, so that opening an old text and saving it loses nothing.

import { crel, Extension, Mark, Node, Plugin, mergeAttributes, updateAttrsDialog } from "django-prose-editor/editor"
import { present } from "newsroom/figures"

export { Upload } from "newsroom/dropped"
export { Gallery, Picture, PictureCaption, PictureImage } from "newsroom/figures"

// An attribute that is kept as it stands and left out where it is empty.
const kept = (name) => ({
  default: null,
  parseHTML: (element) => element.getAttribute(name),
  renderHTML: (attributes) => (attributes[name] == null ? {} : { [name]: attributes[name] }),
})

const EMBEDDABLE =
  /^https?:\/\/(?:(?:www\.|m\.)?(?:youtube\.com\/(?:watch\?|embed\/|shorts\/|live\/)|youtube-nocookie\.com\/embed\/)|youtu\.be\/|(?:www\.|player\.)?vimeo\.com\/(?:video\/)?\d)\S+$/

// <figure data-embed="https://..."><a>...</a><figcaption>...</figcaption></figure>: the page makes a link of it
// that plays on a click. (The link also keeps the editor from taking a text of nothing but a film for an empty one.)
export const Embed = Node.create({
  name: "embed",
  group: "block",
  content: "pictureCaption",
  draggable: true,
  isolating: true,

  addAttributes: () => ({
    url: {
      default: null,
      parseHTML: (figure) => figure.getAttribute("data-embed") || figure.querySelector("a")?.getAttribute("href"),
      renderHTML: ({ url }) => ({ "data-embed": url }),
    },
  }),

  parseHTML: () => [
    { tag: "figure[data-embed]", priority: 70 },
    { tag: "figure[data-embed-src]", priority: 70 },
    { tag: "a", context: "embed/", ignore: true, priority: 70 },
  ],
  // As elements: a description could not put the caption beside the link.
  renderHTML({ HTMLAttributes, node: { attrs } }) {
    const figure = document.createElement("figure")
    for (const [name, value] of Object.entries(present(HTMLAttributes))) figure.setAttribute(name, value)
    const link = document.createElement("a")
    link.setAttribute("href", attrs.url ?? "")
    link.textContent = attrs.url
    figure.append(link)
    return { dom: figure, contentDOM: figure }
  },

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const title = crel("div", { contentEditable: "false" }, [crel("strong", { textContent: "Video" }), node.attrs.url ?? ""])
      title.addEventListener("click", () => editor.commands.setNodeSelection(getPos()))
      const contentDOM = crel("div")
      return { dom: crel("div", { className: "desk-embed" }, [title, contentDOM]), contentDOM }
    }
  },

  addCommands() {
    return {
      insertEmbed:
        (url) =>
        ({ commands }) =>
          commands.insertContent({ type: "embed", attrs: { url }, content: [{ type: "pictureCaption" }] }),
    }
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "embed",
      groups: "insert",
      button: buttons.material("smart_display", "video from YouTube or Vimeo"),
      active: (editor) => editor.isActive("embed"),
      command: (editor) => {
        const ask = updateAttrsDialog(
          { url: { type: "string", format: "url", title: "Address of the video on YouTube or Vimeo", required: true } },
          { title: "Video", submitText: "Insert" },
        )
        ask(editor, editor.getAttributes("embed")).then((answer) => {
          const url = answer?.url.trim()
          if (!url) return
          if (!EMBEDDABLE.test(url)) alert("This is not the address of a video on YouTube or Vimeo.")
          else if (editor.isActive("embed")) editor.chain().focus().updateAttributes("embed", { url }).run()
          else editor.chain().focus().insertEmbed(url).run()
        })
      },
    })
  },

  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        props: {
          handlePaste({ state }, event) {
            const url = event.clipboardData?.getData("text/plain").trim() ?? ""
            const inCaption = state.selection.$from.parent.type.name === "pictureCaption"
            return EMBEDDABLE.test(url) && !inCaption && editor.commands.insertEmbed(url)
          },
        },
      }),
    ]
  },
})

// A class that the allowlist knows: present or not.
const marked = (name) => ({
  default: null,
  parseHTML: (element) => (element.classList.contains(name) ? name : null),
  renderHTML: ({ class: value }) => (value ? { class: value } : {}),
})

export const Aside = Node.create({
  name: "aside",
  group: "block",
  content: "block+",
  defining: true,
  addAttributes: () => ({ class: marked("key-points") }),
  parseHTML: () => [{ tag: "aside" }],
  renderHTML: ({ HTMLAttributes }) => ["aside", HTMLAttributes, 0],

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "keyPoints",
      groups: "insert",
      button: buttons.material("fact_check", "key points"),
      active: (editor) => editor.isActive("aside", { class: "key-points" }),
      command: (editor) => editor.chain().focus().insertKeyPoints().run(),
    })
  },

  addCommands() {
    const paragraph = { type: "paragraph" }
    const points = [
      { type: "heading", attrs: { level: 2 }, content: [{ type: "text", text: "Key points" }] },
      { type: "bulletList", content: [{ type: "listItem", content: [paragraph] }] },
    ]
    return {
      // At the top of the text, where readers look for them; once.
      insertKeyPoints:
        () =>
        ({ editor, chain }) => {
          if (editor.view.dom.querySelector("aside.key-points")) return false
          const first = 1 + 1 + points[0].content[0].text.length + 1 + 3 // into the first point
          return chain()
            .insertContentAt(0, { type: "aside", attrs: { class: "key-points" }, content: points })
            .setTextSelection(first)
            .run()
        },
    }
  },
})

// A quotation set large between rules: the blockquote of the text, marked as such.
export const PullQuote = Extension.create({
  name: "pullQuote",
  addGlobalAttributes: () => [{ types: ["blockquote"], attributes: { class: marked("pullquote") } }],

  addMenuItems({ buttons, menu }) {
    const isPullQuote = (editor) => editor.isActive("blockquote", { class: "pullquote" })
    menu.defineItem({
      name: "pullQuote",
      groups: "nodes",
      button: buttons.material("format_size", "pull quote"),
      active: isPullQuote,
      command: (editor) => {
        const chain = editor.chain().focus()
        if (isPullQuote(editor)) chain.lift("blockquote").run()
        else if (editor.isActive("blockquote")) chain.updateAttributes("blockquote", { class: "pullquote" }).run()
        else chain.wrapIn("blockquote", { class: "pullquote" }).run()
      },
    })
  },
})

// <span class="footnote">: a note where it belongs. The page prints a number there and the note at the end.
export const Footnote = Mark.create({
  name: "footnote",
  priority: 1100, // outside all others: a link within does not cut it in two
  inclusive: false,
  addAttributes: () => ({ lang: kept("lang"), dir: kept("dir") }),
  parseHTML: () => [{ tag: "span.footnote", priority: 70 }],
  renderHTML: ({ HTMLAttributes }) => ["span", mergeAttributes(HTMLAttributes, { class: "footnote" }), 0],

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "footnote",
      groups: "insert",
      button: buttons.material("note_add", "footnote"),
      active: (editor) => editor.isActive("footnote"),
      command: async (editor) => {
        const chain = editor.chain().focus()
        if (editor.isActive("footnote")) return chain.unsetMark("footnote", { extendEmptyMarkRange: true }).run()
        if (!editor.state.selection.empty) return chain.setMark("footnote").run()
        const fields = { text: { type: "string", title: "What the note says", required: true } }
        const answer = await updateAttrsDialog(fields, { title: "Footnote", submitText: "Insert" })(editor, {})
        const text = answer?.text.trim()
        if (text) editor.chain().focus().insertContent({ type: "text", text, marks: [{ type: "footnote" }] }).unsetMark("footnote").run()
      },
    })
  },
})

export const Preformatted = Node.create({
  name: "preformatted",
  group: "block",
  content: "text*",
  marks: "",
  code: true,
  defining: true,
  parseHTML: () => [{ tag: "pre", preserveWhitespace: "full" }],
  renderHTML: () => ["pre", 0],
})

const inline = (name, tag, attributes = []) =>
  Mark.create({
    name,
    addAttributes: () => Object.fromEntries(attributes.map((each) => [each, kept(each)])),
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, mergeAttributes(HTMLAttributes), 0],
  })

export const Abbreviation = inline("abbreviation", "abbr", ["title"])
export const Cite = inline("cite", "cite")
export const InlineCode = inline("inlineCode", "code")
export const Quotation = inline("quotation", "q", ["cite"])
export const Time = inline("time", "time", ["datetime"])

// Only where it says something: editors elsewhere sprinkle spans without meaning.
export const Span = Mark.create({
  name: "span",
  addAttributes: () => ({ lang: kept("lang"), dir: kept("dir") }),
  parseHTML: () => [{ tag: "span[lang], span[dir]" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
})

// Attributes that the allowlist knows and the stock nodes forget.
export const Language = Extension.create({
  name: "language",
  addGlobalAttributes: () => [
    { types: ["paragraph", "heading", "blockquote", "listItem", "aside"], attributes: { lang: kept("lang"), dir: kept("dir") } },
    { types: ["link"], attributes: { hreflang: kept("hreflang") } },
    { types: ["blockquote"], attributes: { cite: kept("cite") } },
    { types: ["listItem"], attributes: { value: kept("value") } },
    { types: ["tableHeader"], attributes: { scope: kept("scope") } },
  ],
})

const BULLET = /^[\s\u00a0]*(?:[·•▪‣◦§o\uf0b7\uf0a7-]|(\d+|[a-z])[.)])(?:[\s\u00a0]|&nbsp;)+/

// Word pastes a list as paragraphs that begin with a dot or a number: they become a list again.
export function mendWordLists(html) {
  if (!/mso-list|MsoListParagraph/i.test(html)) return html
  const page = new DOMParser().parseFromString(html, "text/html")
  let list = null
  for (const paragraph of page.querySelectorAll("p")) {
    const isItem = /MsoListParagraph/i.test(paragraph.className) || /mso-list/i.test(paragraph.getAttribute("style") ?? "")
    const sign = isItem ? paragraph.textContent.match(BULLET) : null
    if (!sign) {
      list = null
      continue
    }
    const name = sign[1] ? "ol" : "ul"
    if (list?.localName !== name || list.nextElementSibling !== paragraph) {
      list = page.createElement(name)
      paragraph.before(list)
    }
    const item = page.createElement("li")
    const content = page.createElement("p")
    content.append(...paragraph.childNodes)
    cut(content, sign[0].length)
    item.append(content)
    list.append(item)
    paragraph.remove()
  }
  return page.body.innerHTML
}

// Takes the first letters away, however many elements they are spread over.
function cut(element, length) {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  while (length > 0 && walker.nextNode()) {
    const text = walker.currentNode
    const taken = Math.min(length, text.data.length)
    text.data = text.data.slice(taken)
    length -= taken
  }
}

export const PasteFromWord = Extension.create({
  name: "pasteFromWord",
  addProseMirrorPlugins: () => [new Plugin({ props: { transformPastedHTML: mendWordLists } })],
})

// The field's label belongs to the textarea that the editor hides.
export const Labelled = Extension.create({
  name: "labelled",
  addOptions: () => ({ label: "" }),
  addProseMirrorPlugins() {
    return [new Plugin({ props: { attributes: { "aria-label": this.options.label, "aria-multiline": "true" } } })]
  },
})
