const en = { title: 'Record' };

export default en;
