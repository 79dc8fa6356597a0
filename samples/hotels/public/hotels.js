// Hotels with photos: a form that sends them, and cards that show them in the size that fits.
const records = '/api/collections/hotels/records';
const list = document.querySelector('#hotels');
const form = document.querySelector('#new');
const trouble = document.querySelector('#trouble');

/** What the server says, or an error in its words. */
async function ask(path, options) {
  const answer = await fetch(path, options);
  const body = await answer.json();
  if (answer.ok) return body;
  const [field, fault] = Object.entries(body.data ?? {})[0] ?? [];
  throw new Error(fault?.message ? `${field}: ${fault.message}` : body.message);
}

/** A photo of a hotel: each browser takes the first format that it knows. */
function picture(hotel, photo) {
  const address = format => `/api/files/hotels/${hotel.id}/${photo}?thumb=320x240&focus=0.5,0.35${format ? `&format=${format}` : ''}`;
  const element = document.createElement('picture');
  for (const format of ['avif', 'webp']) {
    element.append(Object.assign(document.createElement('source'), { type: `image/${format}`, srcset: address(format) }));
  }
  element.append(Object.assign(document.createElement('img'), { src: address(), alt: `${hotel.name}, photo`, width: 320, height: 240, loading: 'lazy' }));
  const link = Object.assign(document.createElement('a'), { href: `/api/files/hotels/${hotel.id}/${photo}?thumb=1280x0` });
  link.append(element);
  return link;
}

function card(hotel) {
  const item = document.createElement('li');
  item.append(...hotel.photos.map(photo => picture(hotel, photo)), Object.assign(document.createElement('h2'), { textContent: hotel.name }));
  return item;
}

async function show() {
  const { items } = await ask(`${records}?sort=name&perPage=60`);
  list.replaceChildren(...items.map(card));
}

/** The form is sent as it is: texts and files together. */
async function add() {
  await ask(records, { method: 'POST', body: new FormData(form) });
  form.reset();
  await show();
}

const trying = work => work().then(() => { trouble.textContent = ''; }, problem => { trouble.textContent = problem.message; });

form.addEventListener('submit', event => {
  event.preventDefault();
  trying(add);
});
trying(show);
