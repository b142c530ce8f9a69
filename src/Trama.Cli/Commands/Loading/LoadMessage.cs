using System.Buffers;
using System.Text;
using Trama.Cli.PeerOptions;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Reports;

namespace Trama.Cli.Commands.Loading;

/// <summary>The request of a load, from what a person wrote.</summary>
internal static class LoadMessage
{
    private const int MostBytes = 16 << 20;

    /// <summary>The bytes of the request, framed.</summary>
    /// <param name="text">The text, or <c>@FILE</c>; null for a greeting, or for the root of an HTTP server.</param>
    /// <param name="framing">The framing to fit.</param>
    /// <param name="host">The server, for HTTP's Host field.</param>
    /// <param name="port">Its port.</param>
    /// <param name="language">The language of the greeting and of errors.</param>
    /// <exception cref="UserError">The file cannot be read, or the words do not fit the framing.</exception>
    public static ReadOnlyMemory<byte> Read(string? text, FramingRule framing, string host, int port, Language language)
    {
        byte[] words = text is ['@', .. string path] ? HeldFile.Read(path, MostBytes, language)
            : framing == FramingRule.Http1 ? Encoding.UTF8.GetBytes(HttpRequest.Of(text ?? "GET /", host, port))
            : Encoding.UTF8.GetBytes(text ?? language.Pick("Hello, server!", "Olá, servidor!"));
        var message = new ArrayBufferWriter<byte>();
        if (!framing.Envelope.TryWrite(message, words, Direction.ToServer) || message.WrittenCount == 0)
        {
            throw new UserError(language.Pick(
                $"--message: {words.Length} bytes make no message of the framing {framing.Name}",
                $"--message: {words.Length} bytes não formam uma mensagem do enquadramento {framing.Name}"), ExitCode.Usage);
        }

        return message.WrittenMemory;
    }
}
