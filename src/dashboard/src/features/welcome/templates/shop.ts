import { own, sampleId, type Template, times } from './template';

const product = (number: number, category: number, name: string, price: number, stock: number, active = true) => ({
  id: sampleId('product', number),
  name,
  description: `<p>${name}: tell your customers more here.</p>`,
  price,
  stock,
  category: sampleId('shelf', category),
  active,
});

/** Products on shelves, orders of customers and what is in them. */
export const shop: Template = {
  collections: [
    {
      name: 'shelves',
      listRule: '',
      viewRule: '',
      createRule: null,
      updateRule: null,
      deleteRule: null,
      unique: ['name'],
      fields: [{ name: 'name', type: 'text', required: true, presentable: true, max: 80 }, ...times],
    },
    {
      name: 'products',
      listRule: 'active = true',
      viewRule: 'active = true',
      createRule: null,
      updateRule: null,
      deleteRule: null,
      fields: [
        { name: 'name', type: 'text', required: true, presentable: true, max: 120 },
        { name: 'description', type: 'editor' },
        { name: 'price', type: 'number', min: 0 },
        { name: 'stock', type: 'number', min: 0, onlyInt: true },
        { name: 'photos', type: 'file', maxSelect: 6, maxSize: 10485760, mimeTypes: ['image/jpeg', 'image/png', 'image/webp'], thumbs: ['320x320'] },
        { name: 'category', type: 'relation', to: 'shelves', maxSelect: 1 },
        { name: 'active', type: 'bool' },
        ...times,
      ],
    },
    {
      name: 'orders',
      listRule: own('customer'),
      viewRule: own('customer'),
      createRule: `${own('customer')} && status = "new"`,
      updateRule: null,
      deleteRule: null,
      fields: [
        { name: 'customer', type: 'relation', to: 'users', maxSelect: 1 },
        { name: 'status', type: 'select', maxSelect: 1, required: true, values: ['new', 'paid', 'sent', 'returned'] },
        { name: 'address', type: 'text', max: 500, presentable: true },
        { name: 'note', type: 'text', max: 1000 },
        ...times,
      ],
    },
    {
      name: 'order_items',
      listRule: own('order.customer'),
      viewRule: own('order.customer'),
      createRule: `${own('order.customer')} && order.status = "new"`,
      updateRule: null,
      deleteRule: null,
      fields: [
        { name: 'order', type: 'relation', to: 'orders', maxSelect: 1, required: true, cascadeDelete: true },
        { name: 'product', type: 'relation', to: 'products', maxSelect: 1, required: true },
        { name: 'quantity', type: 'number', min: 1, onlyInt: true, required: true },
        { name: 'price', type: 'number', min: 0 },
        ...times,
      ],
    },
  ],
  records: [
    {
      collection: 'shelves',
      items: [
        { id: sampleId('shelf', 1), name: 'Tea' },
        { id: sampleId('shelf', 2), name: 'Pots and cups' },
      ],
    },
    {
      collection: 'products',
      items: [
        product(1, 1, 'Black tea, 100 g', 7.5, 120),
        product(2, 1, 'Green tea, 100 g', 8.9, 64),
        product(3, 1, 'Winter blend', 9.5, 0, false),
        product(4, 2, 'Pot for four', 32, 11),
        product(5, 2, 'Cup, blue', 12, 40),
      ],
    },
    {
      collection: 'orders',
      items: [
        { id: sampleId('order', 1), status: 'sent', address: '12 Harbour Street', note: 'Please leave it with the neighbour.' },
        { id: sampleId('order', 2), status: 'new', address: '3 Mill Lane' },
      ],
    },
    {
      collection: 'order_items',
      items: [
        { id: sampleId('item', 1), order: sampleId('order', 1), product: sampleId('product', 4), quantity: 1, price: 32 },
        { id: sampleId('item', 2), order: sampleId('order', 1), product: sampleId('product', 1), quantity: 2, price: 7.5 },
        { id: sampleId('item', 3), order: sampleId('order', 2), product: sampleId('product', 5), quantity: 4, price: 12 },
      ],
    },
  ],
};
