using Trama.Packets.Transport;

namespace Trama.Captures.Synthetic;

/// <summary>Conversations that are told as packets, as many at a time as wanted. Not safe for threads.</summary>
/// <param name="receiver">Takes the records, in the calls of the conversations' methods.</param>
public sealed class SyntheticCapture(RecordReceiver receiver)
{
    private readonly SyntheticPacket _packet = new();
    private uint _conversations;

    /// <summary>Makes a conversation of which no packet exists yet.</summary>
    /// <param name="client">Who opens it. When only one of the two addresses is an IPv6 one, the other is mapped into IPv6.</param>
    /// <param name="server">Who is connected to.</param>
    public SyntheticConversation Begin(in Endpoint client, in Endpoint server) => new(client, server, ++_conversations, _packet, receiver);
}
