const en = { title: 'Live map' };

export default en;
