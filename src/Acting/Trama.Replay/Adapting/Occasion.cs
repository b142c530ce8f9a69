using System.Net;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Adapting;

/// <summary>The live connection on which recorded messages are said.</summary>
/// <param name="Self">The side that is played.</param>
/// <param name="RecordedServer">Where the recorded server was.</param>
/// <param name="LiveServer">Where the live one is.</param>
/// <param name="LiveClient">Where its client is.</param>
/// <param name="Time">The clock.</param>
internal sealed record Occasion(Side Self, Endpoint RecordedServer, IPEndPoint LiveServer, IPEndPoint LiveClient, TimeProvider Time);
