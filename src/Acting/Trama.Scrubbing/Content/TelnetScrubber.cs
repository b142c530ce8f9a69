using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Content;

/// <summary>Scrubs what is said over Telnet (RFC 854): its commands stay, what they carry and what stands between them is text.</summary>
internal sealed class TelnetScrubber(TextScrubber text)
{
    private const byte Command = 255, Subnegotiation = 250, FirstWithOption = 251;

    /// <summary>Scrubs bytes of one direction.</summary>
    public void Scrub(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int command = bytes.IndexOf(Command);
            if (command < 0) command = bytes.Length;
            text.Scrub(bytes[..command]);
            bytes = bytes[command..];
            if (bytes.Length < 2) return;
            // What to do, with which option, if with one; what a subnegotiation says goes on to the next command.
            bytes = bytes[Math.Min(bytes[1] is >= FirstWithOption and < Command or Subnegotiation ? 3 : 2, bytes.Length)..];
        }
    }
}
