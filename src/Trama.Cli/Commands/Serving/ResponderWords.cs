using System.Text.Json;
using Trama.Cli.CommandLine;
using Trama.Peers.Replies;
using Trama.Reports;

namespace Trama.Cli.Commands.Serving;

/// <summary>Why there is no answer to a message, in words.</summary>
internal static class ResponderWords
{
    /// <summary>The failure, in an event: what happened, and the exit code or signal where that is what happened.</summary>
    public static void Write(Utf8JsonWriter json, ResponderException error)
    {
        json.WriteString("error"u8, error.Failure.ToString());
        if (error.Failure == ResponderFailure.Exited) json.WriteNumber("exitCode"u8, error.Code);
        if (error.Failure == ResponderFailure.Killed) json.WriteNumber("signal"u8, error.Code);
    }

    /// <summary>The failure of a command to answer.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="limit">The most bytes that a command may write.</param>
    /// <param name="language">The language to say it in.</param>
    public static string Describe(ResponderException error, long limit, Language language) => error.Failure switch
    {
        ResponderFailure.NotStarted => language.Pick($"the command did not start: {error.Message}",
            $"o comando não iniciou: {error.Message}"),
        ResponderFailure.Killed => language.Pick($"the command died by signal {error.Code}", $"o comando morreu pelo sinal {error.Code}"),
        ResponderFailure.Exited => language.Pick($"the command ended with exit code {error.Code}",
            $"o comando terminou com o código de saída {error.Code}"),
        ResponderFailure.Unreadable => language.Pick($"the file cannot be read: {error.Message}",
            $"não é possível ler o arquivo: {error.Message}"),
        ResponderFailure.MayLoop => language.Pick(
            "its port is this server's own, or below 1024: it may be a server too, and the two would answer each other for ever",
            "a porta dele é a deste servidor, ou abaixo de 1024: pode ser um servidor também, e os dois se responderiam para sempre"),
        ResponderFailure.TimedOut => language.Pick("the command took too long and was killed (--exec-timeout)",
            "o comando demorou demais e foi morto (--exec-timeout)"),
        ResponderFailure.TooLarge => language.Pick(
            $"the command wrote more than {Sizes.Format(limit)} and was killed (--max-message)",
            $"o comando escreveu mais de {Sizes.Format(limit)} e foi morto (--max-message)"),
        _ => language.Pick("it does not fit the length of the framing (--framing)", "não cabe no comprimento do enquadramento (--framing)"),
    };
}
