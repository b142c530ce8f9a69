using System.Buffers;
using System.Text;
using Trama.Cli.CommandLine;
using Trama.Cli.PeerOptions;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Peers.Sending;
using Trama.Reports;

namespace Trama.Cli.Commands.Sending;

/// <summary>Where the message to send comes from: the command line or standard input.</summary>
/// <param name="text">The argument: a text, <c>-</c> for standard input, or null.</param>
/// <param name="options">Whom it goes to, and how it is marked; without a framing it is left as it is.</param>
/// <param name="language">The language of errors.</param>
internal sealed class MessageSource(string? text, ClientOptions options, Language language)
{
    private const int MostHeld = 64 << 20;

    /// <summary>Whether it is standard input.</summary>
    public bool IsInput => text is null or "-";

    /// <summary>Whether it is a person at a terminal, which also shows what is printed.</summary>
    public bool IsTerminal => text is null && !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>The first bytes of standard input, and the rest of it.</summary>
    /// <exception cref="UserError">There is no message.</exception>
    public async Task<(ReadOnlyMemory<byte> First, Stream Further)> OpenAsync()
    {
        Stream input = text == "-" || Console.IsInputRedirected ? OpenInput() : Stream.Null;
        byte[] first = new byte[64 << 10];
        int count = await ReadAsync(input, first);
        if (count > 0 || text == "-") return (first.AsMemory(0, count), input);
        throw new UserError(
            language.Pick(
                "no message to send; give one, or - for standard input (trama send --help)",
                "nenhuma mensagem para enviar; informe uma, ou - para a entrada padrão (trama send --help)"),
            ExitCode.Usage);
    }

    /// <summary>The whole message: the text in UTF-8, or all of standard input.</summary>
    /// <exception cref="UserError">There is no message, or it is too large to hold, or for the framing.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync()
    {
        FramingRule? framing = options.Framing;
        var words = new ArrayBufferWriter<byte>();
        if (IsInput) await ReadInputAsync(words);
        else words.Write(Encoding.UTF8.GetBytes(framing == FramingRule.Http1 && text!.Length > 0
            ? HttpRequest.Of(text, options.Host, options.Port) : text!));
        if (framing is null || words.WrittenCount == 0) return words.WrittenMemory;

        var message = new ArrayBufferWriter<byte>();
        if (framing.Envelope.TryWrite(message, words.WrittenSpan, Direction.ToServer)) return message.WrittenMemory;
        throw new UserError(
            language.Pick(
                $"{words.WrittenCount} bytes do not fit the length of the framing {framing}",
                $"{words.WrittenCount} bytes não cabem no comprimento do enquadramento {framing}"),
            ExitCode.Usage);
    }

    /// <summary>That standard input cannot be read.</summary>
    public static string Unreadable(string why, Language language) =>
        language.Pick($"standard input cannot be read: {why}", $"não é possível ler a entrada padrão: {why}");

    private FileStream OpenInput()
    {
        if (StandardInput.IsMissing) throw new UserError(Unreadable(language.Pick("it is closed", "está fechada"), language));
        return StandardInput.Open();
    }

    private async Task ReadInputAsync(ArrayBufferWriter<byte> words)
    {
        (ReadOnlyMemory<byte> first, Stream rest) = await OpenAsync();
        words.Write(first.Span);
        while (await ReadAsync(rest, words.GetMemory(64 << 10)) is > 0 and int count)
        {
            words.Advance(count);
            if (words.WrittenCount > MostHeld)
            {
                throw new UserError(language.Pick(
                    $"standard input is larger than {Sizes.Format(MostHeld)}, the most that --count and --udp hold",
                    $"a entrada padrão é maior que {Sizes.Format(MostHeld)}, o máximo que --count e --udp guardam"));
            }
        }
    }

    private async Task<int> ReadAsync(Stream input, Memory<byte> buffer)
    {
        try
        {
            return await input.ReadAsync(buffer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError(Unreadable((error.InnerException ?? error).Message, language));
        }
    }
}
