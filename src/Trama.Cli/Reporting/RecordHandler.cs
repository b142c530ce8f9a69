using Trama.Packets;

namespace Trama.Cli.Reporting;

/// <summary>Takes a packet, which is valid during the call.</summary>
internal delegate void RecordHandler(in Record record);
