using Trama.Packets;

namespace Trama.Captures.Synthetic;

/// <summary>Takes a record, which is valid during the call.</summary>
public delegate void RecordReceiver(in Record record);
