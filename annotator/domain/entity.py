"""An entity: the one real actor behind many spans, by whatever names texts call it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entity:
    """One actor. `aliases` are what else it is called; `id`, empty until it is stored, outlives a new name."""

    name: str
    aliases: tuple[str, ...] = ()
    note: str | None = None
    id: str = field(default="", compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The name, then the aliases."""
        return self.name, *self.aliases
