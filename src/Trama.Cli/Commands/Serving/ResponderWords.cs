using Trama.Cli.CommandLine;
using Trama.Peers.Replies;
using Trama.Reports;

namespace Trama.Cli.Commands.Serving;

/// <summary>Why there is no answer to a message, in words.</summary>
internal static class ResponderWords
{
    /// <summary>The failure of a command to answer.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="limit">The most bytes that a command may write.</param>
    /// <param name="language">The language to say it in.</param>
    public static string Describe(ResponderException error, long limit, Language language) => error.Failure switch
    {
        ResponderFailure.NotStarted => language.Pick($"the command did not start: {error.Message}", $"o comando não iniciou: {error.Message}"),
        ResponderFailure.TimedOut => language.Pick("the command took too long and was killed (--exec-timeout)", "o comando demorou demais e foi morto (--exec-timeout)"),
        ResponderFailure.TooLarge => language.Pick(
            $"the command wrote more than {Sizes.Format(limit)} and was killed (--max-message)",
            $"o comando escreveu mais de {Sizes.Format(limit)} e foi morto (--max-message)"),
        _ => language.Pick("it does not fit the length of the framing (--framing)", "não cabe no comprimento do enquadramento (--framing)"),
    };
}
