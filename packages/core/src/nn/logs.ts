/** Figures by their names, as callbacks and histories get them: `loss`, `val_loss`, … */
export type Logs = Readonly<Record<string, number>>;
