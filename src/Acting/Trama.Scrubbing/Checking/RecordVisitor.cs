using Trama.Packets;

namespace Trama.Scrubbing.Checking;

/// <summary>Looks at a record as it is read.</summary>
internal delegate void RecordVisitor(in Record record);
