namespace Trama.Cli.Commands.Serving.Rules;

/// <summary>Something in a file of rules is wrong.</summary>
/// <param name="at">Where.</param>
/// <param name="english">What was expected and what came.</param>
/// <param name="portuguese">The same in Portuguese.</param>
internal sealed class RulesException(TextPlace at, string english, string portuguese) : Exception(english)
{
    /// <summary>Where.</summary>
    public TextPlace At => at;

    /// <summary>What was expected and what came, in Portuguese.</summary>
    public string Portuguese => portuguese;
}
