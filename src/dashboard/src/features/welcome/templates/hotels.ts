import { own, sampleId, type Template, times } from './template';

const hotel = (number: number, name: string, city: string, lon: number, lat: number, stars: number) => ({
  id: sampleId('hotel', number),
  name,
  city,
  place: { lon, lat },
  stars: String(stars),
  breakfast: stars > 3,
});

/** Hotels on a map, their rooms, and bookings of guests. */
export const hotels: Template = {
  collections: [
    {
      name: 'hotels',
      listRule: '',
      viewRule: '',
      createRule: null,
      updateRule: null,
      deleteRule: null,
      fields: [
        { name: 'name', type: 'text', required: true, presentable: true, max: 120 },
        { name: 'city', type: 'text', max: 120 },
        { name: 'place', type: 'geoPoint' },
        { name: 'stars', type: 'select', maxSelect: 1, values: ['1', '2', '3', '4', '5'] },
        { name: 'breakfast', type: 'bool' },
        { name: 'website', type: 'url' },
        {
          name: 'photos',
          type: 'file',
          maxSelect: 6,
          maxSize: 20971520,
          mimeTypes: ['image/jpeg', 'image/png', 'image/webp'],
          thumbs: ['320x240', '1280x0'],
        },
        ...times,
      ],
    },
    {
      name: 'rooms',
      listRule: '',
      viewRule: '',
      createRule: null,
      updateRule: null,
      deleteRule: null,
      fields: [
        { name: 'hotel', type: 'relation', to: 'hotels', maxSelect: 1, required: true, cascadeDelete: true },
        { name: 'name', type: 'text', required: true, presentable: true, max: 80 },
        { name: 'beds', type: 'number', min: 1, onlyInt: true },
        { name: 'price', type: 'number', min: 0 },
        ...times,
      ],
    },
    {
      name: 'bookings',
      listRule: own('guest'),
      viewRule: own('guest'),
      createRule: own('guest'),
      updateRule: null,
      deleteRule: `${own('guest')} && from > @now`,
      fields: [
        { name: 'room', type: 'relation', to: 'rooms', maxSelect: 1, required: true },
        { name: 'guest', type: 'relation', to: 'users', maxSelect: 1 },
        { name: 'from', type: 'date', required: true },
        { name: 'until', type: 'date', required: true },
        { name: 'people', type: 'number', min: 1, onlyInt: true },
        { name: 'wishes', type: 'text', max: 1000, presentable: true },
        ...times,
      ],
    },
  ],
  records: [
    {
      collection: 'hotels',
      items: [
        hotel(1, 'Harbour House', 'Hamburg', 9.967, 53.545, 4),
        hotel(2, 'The Old Mill', 'Freiburg', 7.852, 47.995, 3),
        hotel(3, 'Casa Alta', 'Lisbon', -9.14, 38.714, 5),
      ],
    },
    {
      collection: 'rooms',
      items: [
        { id: sampleId('room', 1), hotel: sampleId('hotel', 1), name: 'Under the roof', beds: 2, price: 118 },
        { id: sampleId('room', 2), hotel: sampleId('hotel', 1), name: 'With a view of the ships', beds: 2, price: 164 },
        { id: sampleId('room', 3), hotel: sampleId('hotel', 2), name: 'By the wheel', beds: 3, price: 96 },
        { id: sampleId('room', 4), hotel: sampleId('hotel', 3), name: 'Terrace', beds: 2, price: 210 },
      ],
    },
    {
      collection: 'bookings',
      items: [
        {
          id: sampleId('booking', 1),
          room: sampleId('room', 2),
          from: '2027-05-04 14:00:00.000Z',
          until: '2027-05-08 09:00:00.000Z',
          people: 2,
          wishes: 'A cot, please.',
        },
      ],
    },
  ],
};
