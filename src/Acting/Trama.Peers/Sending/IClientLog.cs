namespace Trama.Peers.Sending;

/// <summary>Hears what a client says and is told. One thread may tell what is sent while another tells what is received.</summary>
public interface IClientLog
{
    /// <summary>Whether it wants to hear what goes out. Where not, the system may send a file by itself.</summary>
    bool HearsSending { get; }

    /// <summary>The next bytes of a message go out.</summary>
    void Sending(ReadOnlySpan<byte> bytes);

    /// <summary>The message is complete.</summary>
    void EndMessage();

    /// <summary>The next bytes of a reply have come.</summary>
    void Received(ReadOnlySpan<byte> bytes);

    /// <summary>The reply is complete.</summary>
    void EndReply();

    /// <summary>The client waits: for now there is no more to tell of what is received.</summary>
    void Pause();
}
