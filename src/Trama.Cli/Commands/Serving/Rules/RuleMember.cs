namespace Trama.Cli.Commands.Serving.Rules;

/// <summary>A member of a rule as it stands in a file; a rule is a list of them.</summary>
internal readonly record struct RuleMember(string Name, TextPlace NameAt, string Value, TextPlace ValueAt);
