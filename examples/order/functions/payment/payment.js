// Charges a card with the total of an order. Cards that end in 0000 are declined.
exports.handler = async ({ card, lines }) => {
  const total = lines.reduce((sum, line) => sum + line.count * line.price, 0);
  return card.endsWith("0000") ? { approved: false, reason: `the card ${card} was declined` } : { approved: true, total };
};
