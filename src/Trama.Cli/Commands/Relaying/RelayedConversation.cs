using Trama.Captures.Synthetic;
using Trama.Framing;
using Trama.Peers.Relaying;

namespace Trama.Cli.Commands.Relaying;

/// <summary>A relayed connection as it is told.</summary>
internal sealed class RelayedConversation(RelayConnection connection, SyntheticConversation conversation)
{
    private readonly RelayedReceiver _client = new(connection, conversation, Direction.ToClient),
        _target = new(connection, conversation, Direction.ToServer);

    /// <summary>Its packets.</summary>
    public SyntheticConversation Conversation => conversation;

    /// <summary>Who receives when the client speaks, or when the target does.</summary>
    public RelayedReceiver ReceiverOf(bool client) => client ? _target : _client;

    /// <summary>Nobody receives any more.</summary>
    public void End()
    {
        _client.Leave();
        _target.Leave();
    }
}
