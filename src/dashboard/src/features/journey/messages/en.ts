const en = { title: 'Journey of a request' };

export default en;
