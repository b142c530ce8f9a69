using System.Text;
using Trama.Reports;

namespace Trama.Cli.Sending;

/// <summary>Where the message to send comes from: the command line or standard input.</summary>
internal static class MessageSource
{
    private const int MostFromInput = 64 << 20;

    /// <summary>The message's bytes: the text in UTF-8; or all of standard input when the text is <c>-</c>, or when there is no
    /// text and standard input is not a terminal.</summary>
    /// <exception cref="UserError">There is no message, or it is too large to hold.</exception>
    public static async Task<byte[]> ReadAsync(string? text, Language language)
    {
        if (text is not null and not "-") return Encoding.UTF8.GetBytes(text);
        byte[] message = text == "-" || Console.IsInputRedirected ? await ReadInputAsync(language) : [];
        if (text is null && message.Length == 0)
        {
            throw new UserError(
                language.Pick(
                    "no message to send; give one, or - for standard input (trama send --help)",
                    "nenhuma mensagem para enviar; informe uma, ou - para a entrada padrão (trama send --help)"),
                ExitCode.Usage);
        }

        return message;
    }

    private static async Task<byte[]> ReadInputAsync(Language language)
    {
        await using Stream input = Console.OpenStandardInput();
        using var message = new MemoryStream();
        byte[] buffer = new byte[64 << 10];
        while (await input.ReadAsync(buffer) is > 0 and int count)
        {
            message.Write(buffer, 0, count);
            if (message.Length > MostFromInput)
            {
                throw new UserError(language.Pick(
                    $"the message on standard input is larger than {Sizes.Format(MostFromInput)}",
                    $"a mensagem na entrada padrão é maior que {Sizes.Format(MostFromInput)}"));
            }
        }

        return message.ToArray();
    }
}
