using Trama.Packets.Transport;

namespace Trama.Run;

/// <summary>Takes what a command says or hears by UDP.</summary>
/// <param name="server">Whom the command speaks to.</param>
/// <param name="payload">What the datagram carries; valid during the call.</param>
/// <param name="isFromServer">Whether the command hears it.</param>
public delegate void DatagramReceiver(Endpoint server, ReadOnlySpan<byte> payload, bool isFromServer);
